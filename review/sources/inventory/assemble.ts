import { PolicyDocument } from "../../../policies/document";
import type { AccessRevision, Doubt, RevisionPolicy, RevisionPrincipal } from "../../model";
import { digest } from "./digest";
import type { FoundPolicy, Inventory } from "./inventory";
import { principalsOf } from "./principals";
import { readOnce } from "./read-once";
import type { Value } from "./value";

/** Works out who has which access. @param engine whose semantics decide, and whose language policies are read in */
export function assemble(inventory: Inventory, label: string, engine: string): AccessRevision {
  const policies = new Map(inventory.policies.map((found) => [found.name, policyOf(found, engine)]));
  const { principals, doubts } = principalsOf(inventory, [...policies.keys()]);
  return {
    label,
    engine,
    mounts: inventory.mounts,
    policies: [...policies.values()],
    principals: [...new Map(principals.map((each) => [each.name, each])).values()],
    secrets: [],
    guardrails: [],
    auditDevices: inventory.auditDevices,
    doubts: [
      ...inventory.doubts,
      ...doubts,
      ...unknownTexts(inventory.policies, principals),
      ...twice("policy", inventory.policies, ({ name }) => name),
      ...twice("login", inventory.logins, ({ path }) => path),
      ...twice("mount", inventory.mounts, ({ path }) => path),
      ...twice("entity", inventory.entities, ({ name }) => name),
      ...twice("group", inventory.groups, ({ name }) => name),
      ...twice("configuration of the auth method", inventory.methods, ({ mount, part = "" }) => mount + part),
    ],
  };
}

function policyOf(found: FoundPolicy, engine: string): RevisionPolicy {
  const { name, text, place, verbatim = false, expiration, allowedInTemplates } = found;
  const where = {
    ...(place ? { place } : {}),
    ...(expiration === undefined ? {} : { expiration }),
    ...(allowedInTemplates === undefined ? {} : { allowedInTemplates }),
  };
  if (text === undefined) {
    return { name, document: new PolicyDocument([]), verbatim: false, unreadable: [], ...where };
  }
  const { read, document } = readOnce(text, engine, place && verbatim ? place.file : undefined);
  const unreadable = read.accepted
    ? {}
    : { unreadable: read.findings.filter(({ severity }) => severity === "error") };
  return { name, text, read, document, verbatim, ...where, ...unreadable };
}

/** A policy that the source cannot show is a doubt about whoever holds it. */
function unknownTexts(policies: readonly FoundPolicy[], principals: readonly RevisionPrincipal[]): Doubt[] {
  return policies.flatMap(({ name, why, place }) => {
    if (why === undefined) return [];
    const holders = principals.filter(({ holds }) => holds.some(({ policy }) => policy === name));
    return [{ reason: why, principals: holders.map((each) => each.name), ...(place ? { place } : {}) }];
  });
}

/** Of two declarations with one name the server keeps whichever comes last: nobody can tell which. */
function twice<T>(what: string, things: readonly T[], nameOf: (thing: T) => string): Doubt[] {
  return [...groupBy(things, nameOf)].flatMap(([name, all]) =>
    all.length > 1
      ? [
          {
            reason: `the ${what} "${name}" is declared ${all.length} times, and the last to be applied wins`,
            // Those that are not read as the last may be it.
            content: digest(all.map((each) => ({ ...each, place: undefined })) as unknown as Value),
          },
        ]
      : [],
  );
}

function groupBy<T>(things: readonly T[], nameOf: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) groups.set(nameOf(thing), [...(groups.get(nameOf(thing)) ?? []), thing]);
  return groups;
}
