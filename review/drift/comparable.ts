import { basename } from "node:path";
import { PolicyDocument } from "../../policies/document";
import { policyName } from "../../policies/policy-name";
import type { AccessRevision, RevisionAuditDevice, RevisionPolicy, RevisionPrincipal } from "../model";

/** Both sides of drift, made such that what differs between them is drift and nothing else. */
export interface ComparableSides {
  readonly declared: AccessRevision;
  readonly live: AccessRevision;
  readonly notes: readonly string[];
}

/**
 * Gives the server the names, owners, lines and guardrails of the declaration, which it cannot know, and both sides the engine
 * that runs. A policy that is not on the server grants nothing there: that is known, unlike for a source that does not tell
 * all of its policies.
 */
export function comparable(
  declared: AccessRevision,
  live: AccessRevision,
  declaresAudit: boolean,
): ComparableSides {
  const known = new Map(declared.principals.map((principal) => [principal.name, principal]));
  const onServer = new Map(live.principals.map((principal) => [principal.name, principal]));
  const places = new Map(declared.policies.map(({ name, place }) => [name, place]));
  const named: AccessRevision = {
    ...live,
    policies: [
      ...live.policies.map((policy) => ({ ...policy, ...whereDeclared(places.get(policy.name)) })),
      ...missingPolicies(declared, live),
    ],
    principals: live.principals.map((principal) => ({
      ...principal,
      ...namesOf(known.get(principal.name)),
    })),
    secrets: declared.secrets,
    guardrails: declared.guardrails,
  };
  return {
    declared: {
      ...declared,
      engine: live.engine,
      principals: declared.principals.map((principal) => asOnServer(principal, onServer.get(principal.name))),
      auditDevices: declaresAudit ? filesOf(declared.auditDevices, live.auditDevices) : live.auditDevices,
    },
    live: named,
    notes: [
      ...(declared.engine === live.engine
        ? []
        : [
            `The server runs ${live.engine}, and ${declared.engine} is declared: both sides are judged by ${live.engine}.`,
          ]),
      ...(declaresAudit ? [] : ["Audit devices are not compared: somebody else keeps this server."]),
    ],
  };
}

/** A server that is no container has the same file in another folder. */
function filesOf(
  declared: readonly RevisionAuditDevice[],
  live: readonly RevisionAuditDevice[],
): RevisionAuditDevice[] {
  return declared.map((device) => {
    const there = live.find(({ path }) => path === device.path)?.options?.file_path;
    const here = device.options?.file_path;
    const same = there !== undefined && here !== undefined && basename(there) === basename(here);
    return same ? { ...device, options: { ...device.options, file_path: there } } : device;
  });
}

/** What is declared or held and is not on the server, as the nothing that it grants there; unknown where policies are hidden. */
function missingPolicies(declared: AccessRevision, live: AccessRevision): RevisionPolicy[] {
  // `default` is left out where it is the engine's own.
  const known = new Set(["default", "root", ...live.policies.map(({ name }) => policyName(name))]);
  const hidden = live.doubts.some(({ hidesPolicies }) => hidesPolicies);
  const wanted = [
    ...declared.policies.map(({ name }) => policyName(name)),
    ...live.principals.flatMap(({ holds }) => holds.map(({ policy }) => policyName(policy))),
  ];
  const missing = [...new Set(wanted)].filter((name) => !known.has(name));
  const document = new PolicyDocument([]);
  return missing.map((name) => ({ name, document, verbatim: false, ...(hidden ? { unreadable: [] } : {}) }));
}

function whereDeclared(place: RevisionPolicy["place"]): Partial<RevisionPolicy> {
  return place === undefined ? {} : { place, verbatim: false };
}

/** Whoever has logged in before has an entity there, which templates of policies see. */
function asOnServer(declared: RevisionPrincipal, live: RevisionPrincipal | undefined): RevisionPrincipal {
  return live?.entity === undefined ? declared : { ...declared, entity: live.entity };
}

function namesOf(declared: RevisionPrincipal | undefined): Partial<RevisionPrincipal> {
  if (!declared) return {};
  const { title, system, owner, place } = declared;
  return {
    title,
    ...(system === undefined ? {} : { system }),
    ...(owner === undefined ? {} : { owner }),
    ...(place === undefined ? {} : { place }),
  };
}
