import { type Capability, fromBits } from "../../policies/capability";
import { whatCan } from "../../policies/queries/what-can";
import { writtenPattern } from "../../policies/semantics/rank";
import { needsSudo } from "../../policies/semantics/sudo-paths";
import { askedAs, compileRevision } from "../compiled-revision";
import type { AccessRevision, RevisionPrincipal } from "../model";
import { doubtsAbout } from "./doubts";
import { placesOf, type RulePlace } from "./rule-place";
import { listDoubts } from "./uncertainties";

/** Where one rule decides, and what it grants there. */
export interface GrantedRegion {
  /** As written in a policy. */
  readonly path: string;
  readonly capabilities: readonly Capability[];
  /** Those that hold only under conditions. */
  readonly conditional: readonly Capability[];
  /** Whether nothing of it works, because everything that the rule matches needs sudo, which it does not grant. */
  readonly lacksSudo: boolean;
  /** Whether the path depends on who asks, which is not known. */
  readonly templated: boolean;
  readonly places: readonly RulePlace[];
}

/** All that a principal is granted; root may do everything, and has no rules. */
export interface WhatCanAnswer {
  readonly root: boolean;
  readonly regions: readonly GrantedRegion[];
  /** Why that may not be all, or not hold. */
  readonly doubts: readonly string[];
}

/** All that a principal is granted, rule by rule; what is shadowed everywhere is left out. */
export function whatCanAnswer(
  revision: AccessRevision,
  principal: RevisionPrincipal,
  now?: number,
): WhatCanAnswer {
  const model = compileRevision({ ...revision, principals: [principal] }, now);
  const list = model.accessOf(askedAs(principal));
  const { regions, complete } = whatCan(list);
  const rules = new Map(list.rules().map((rule) => [writtenPattern(rule.pattern), rule]));
  const known = regions.map(({ pattern, capabilities, conditional }) => ({
    path: pattern,
    capabilities,
    conditional,
    lacksSudo: !capabilities.includes("sudo") && needsSudo(pattern, list.dialect, revision.mounts),
    templated: false,
    places: placesOf(revision, rules.get(pattern)),
  }));
  const templated = list.uncertain.map(({ source, merged }) => ({
    path: source.rule.path,
    capabilities: fromBits(merged.bits),
    conditional: merged.conditions ? fromBits(merged.bits) : [],
    lacksSudo: false,
    templated: true,
    places: placesOf(revision, merged),
  }));
  const doubts = [
    ...doubtsAbout(revision, principal),
    ...listDoubts(list),
    ...(complete ? [] : ["there are more classes of paths than can be looked at"]),
  ];
  return { root: list.isRoot, regions: [...known, ...templated], doubts };
}
