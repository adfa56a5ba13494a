import type { TestedEngine } from "../../policies-engine";
import type { Oracle } from "../oracle";
import { capabilities } from "./capabilities";
import { documents } from "./documents";
import { intents } from "./intents";
import { kv } from "./kv";
import { namespaces } from "./namespaces";
import { pages } from "./pages";
import { parameters } from "./parameters";
import { principals } from "./principals";
import { sudo } from "./sudo";
import { system } from "./system";
import { templates } from "./templates";

/** Every oracle that an engine can be asked with. */
export function oraclesFor(engine: TestedEngine): Oracle[] {
  const all = [
    ...documents,
    ...capabilities,
    kv,
    intents,
    parameters,
    system,
    sudo,
    templates,
    principals,
    pages,
    namespaces,
  ];
  return all.filter(({ only }) => only === undefined || engine.startsWith(only));
}
