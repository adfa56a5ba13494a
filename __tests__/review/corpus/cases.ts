import type { CorpusCase } from "./case";
import { CONDITIONS } from "./conditions";
import { HOLDERS, SERVER, TEMPLATES } from "./holders";
import { INTENTS } from "./intents";
import { LISTS } from "./lists";
import { SHADOWING } from "./shadowing";

/** Pairs of revisions with everything that a review has to say of them; real servers are asked for every witness. */
export const CORPUS: readonly CorpusCase[] = [
  ...SHADOWING,
  ...LISTS,
  ...CONDITIONS,
  ...INTENTS,
  ...HOLDERS,
  ...TEMPLATES,
  ...SERVER,
];
