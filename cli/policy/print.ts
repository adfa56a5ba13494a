import { UsageError } from "../../base/errors";
import { DEFAULT_ENGINE, dialectOf } from "../../policies/dialect";
import { reviewerPolicy } from "../../review/sources/reviewer-policy";
import { didYouMean } from "../../review/written/nearest";
import { chosenEngine } from "./subject";

const POLICIES: { readonly [name: string]: (engine: string) => string } = { reviewer: reviewerPolicy };

/** `strongroom policy print`: a policy that comes with Strongroom, on standard output. */
export async function printCommand(name: string, options: { readonly engine?: string }): Promise<void> {
  const print = Object.hasOwn(POLICIES, name) ? POLICIES[name] : undefined;
  if (!print)
    throw new UsageError(`There is no policy "${name}" to print.`, didYouMean(name, Object.keys(POLICIES)));
  const engine = chosenEngine(options) ?? DEFAULT_ENGINE;
  dialectOf(engine);
  process.stdout.write(print(engine));
}
