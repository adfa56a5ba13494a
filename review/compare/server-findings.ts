import type { FindingKind, FindingSeverity } from "../finding";
import type { FindingParts } from "../finding-id";
import type { AccessRevision, Place, RevisionAuditDevice } from "../model";
import { MountMoves } from "./mount-moves";

/** What changed of the server itself: its mounts and its audit devices. */
export function serverFindings(base: AccessRevision, head: AccessRevision): FindingParts[] {
  return [...mountFindings(base, head), ...auditFindings(base, head)];
}

function mountFindings(base: AccessRevision, head: AccessRevision): FindingParts[] {
  const moves = new MountMoves(base.mounts, head.mounts).moves.filter(
    ({ from, to }) => from.path !== to.path,
  );
  const found = moves.map(({ from, to }) =>
    finding(
      "mount-changed",
      "warning",
      `the mount ${from.path} is now ${to.path}: its secrets move along`,
      to.place,
    ),
  );
  const movedFrom = new Set(moves.map(({ from }) => from));
  const before = new Map(
    base.mounts.filter((mount) => !movedFrom.has(mount)).map((mount) => [mount.path, mount]),
  );
  for (const mount of head.mounts) {
    const moved = moves.find(({ to }) => to === mount)?.from;
    const was = moved ?? before.get(mount.path);
    // One that stood where another moved to is gone.
    if (!moved) before.delete(mount.path);
    if (!was)
      found.push(
        finding("mount-added", "note", `the mount ${mount.path} (${mount.type}) is new`, mount.place),
      );
    else if (was.type !== mount.type)
      found.push(
        finding(
          "mount-changed",
          "warning",
          `the mount ${mount.path} is now of type ${mount.type}, before ${was.type}`,
          mount.place,
        ),
      );
    else if ((was.kvVersion ?? 1) !== (mount.kvVersion ?? 1) && mount.type === "kv") {
      const sentence = `the mount ${mount.path} is now KV version ${mount.kvVersion ?? 1}, before ${was.kvVersion ?? 1}: its paths are others now`;
      found.push(finding("mount-changed", "warning", sentence, mount.place));
    }
  }
  for (const { path, type, place } of before.values())
    found.push(
      finding(
        "mount-removed",
        "warning",
        `the mount ${path} (${type}) is gone, with all that is in it`,
        place,
      ),
    );
  return found;
}

function auditFindings(base: AccessRevision, head: AccessRevision): FindingParts[] {
  const found: FindingParts[] = [];
  const before = new Map(base.auditDevices.map((device) => [device.path, device]));
  for (const device of head.auditDevices) {
    const { path, type, place } = device;
    const was = before.get(path);
    before.delete(path);
    if (!was)
      found.push(finding("audit-device-added", "note", `the audit device ${path} (${type}) is new`, place));
    else if (was.type !== type)
      found.push(
        finding(
          "audit-device-changed",
          "warning",
          `the audit device ${path} is now of type ${type}, before ${was.type}`,
          place,
        ),
      );
    else found.push(...optionFindings(was, device));
  }
  for (const { path, type, place } of before.values()) {
    const left = head.auditDevices.length === 0 ? ", and none is left: nothing is recorded any more" : "";
    found.push(
      finding("audit-device-removed", "error", `the audit device ${path} (${type}) is gone${left}`, place),
    );
  }
  return found;
}

/** What a device leaves out, or shows in the clear; told where both sides tell. */
function optionFindings(was: RevisionAuditDevice, is: RevisionAuditDevice): FindingParts[] {
  if (!was.options || !is.options) return [];
  const [before, after] = [said(was.options), said(is.options)];
  const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
    (name) => before.get(name) !== after.get(name),
  );
  return changed.map((name) => {
    const [now, then] = [after, before].map((options) => options.get(name) ?? "the default");
    const sentence = `the audit device ${is.path} has ${name} ${now}, before ${then}`;
    return finding("audit-device-changed", "warning", sentence, is.place);
  });
}

/** Without what stands at the engines' own default. */
function said(options: NonNullable<RevisionAuditDevice["options"]>): Map<string, string> {
  return new Map(Object.entries(options).filter(([name, value]) => value !== AUDIT_DEFAULTS[name]));
}

/** Of the file, socket and syslog devices (vault docs, "Audit devices"). */
const AUDIT_DEFAULTS: Readonly<Record<string, string>> = {
  log_raw: "false",
  hmac_accessor: "true",
  elide_list_responses: "false",
  format: "json",
  mode: "0600",
  prefix: "",
  fallback: "false",
};

function finding(
  kind: FindingKind,
  severity: FindingSeverity,
  sentence: string,
  place: Place | undefined,
): FindingParts {
  return { kind, severity, sentence, principals: [], titles: [], owners: [], ...(place ? { place } : {}) };
}
