import { replaysCorpus } from "./replay-witness";

replaysCorpus(["openbao@2.7.2"]);
