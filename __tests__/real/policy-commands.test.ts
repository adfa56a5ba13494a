import { policyCommandsSuite } from "./policy-commands";

policyCommandsSuite("openbao@2.7.2");
