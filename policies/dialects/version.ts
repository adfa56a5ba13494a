/** Major, minor, patch. */
export type Version = readonly [number, number, number];

/** The version that is written so: `2.7.2`. */
export function versionOf(version: string): Version {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return [major, minor, patch];
}

/** Whether a version is this one or later. @param first `2.6.0` */
export function atLeast(version: Version, first: string): boolean {
  const [major, minor, patch] = versionOf(first);
  if (version[0] !== major) return version[0] > major;
  if (version[1] !== minor) return version[1] > minor;
  return version[2] >= patch;
}
