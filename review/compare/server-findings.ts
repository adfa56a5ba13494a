import type { FindingKind, FindingSeverity } from "../finding";
import type { FindingParts } from "../finding-id";
import type { AccessRevision, Place } from "../model";
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
  for (const { path, type, place } of head.auditDevices) {
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
  }
  for (const { path, type, place } of before.values()) {
    const left = head.auditDevices.length === 0 ? ", and none is left: nothing is recorded any more" : "";
    found.push(
      finding("audit-device-removed", "error", `the audit device ${path} (${type}) is gone${left}`, place),
    );
  }
  return found;
}

function finding(
  kind: FindingKind,
  severity: FindingSeverity,
  sentence: string,
  place: Place | undefined,
): FindingParts {
  return { kind, severity, sentence, principals: [], titles: [], owners: [], ...(place ? { place } : {}) };
}
