import { replaysCorpus } from "./replay-witness";

replaysCorpus(["openbao@2.7.2", "vault@1.21.1"]);
