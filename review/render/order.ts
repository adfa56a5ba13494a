import type { Finding } from "../finding";
import { isApproved } from "../verdict";
import { type FindingGroup, GROUPS } from "./groups";
import { KINDS } from "./kinds";

/** The findings by group, empty groups left out; within a group the worst first, approved ones last. */
export function grouped(findings: readonly Finding[]): [FindingGroup, Finding[]][] {
  const groups = new Map<FindingGroup, Finding[]>();
  for (const group of Object.keys(GROUPS) as FindingGroup[]) groups.set(group, []);
  for (const finding of findings) groups.get(KINDS[finding.kind].group)?.push(finding);
  return [...groups]
    .filter(([, found]) => found.length > 0)
    .map(([group, found]) => [group, found.toSorted((a, b) => weight(a) - weight(b))]);
}

/** The worst first; equal ones stay as they were. */
export function weight(finding: Finding): number {
  return (isApproved(finding) ? 3 : 0) + ["error", "warning", "note"].indexOf(finding.severity);
}
