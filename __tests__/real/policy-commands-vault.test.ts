import { policyCommandsSuite } from "./policy-commands";

policyCommandsSuite("vault@1.21.1");
