import { packageVersion } from "../files/version.js";
import { streamVersion } from "../random/streamVersion.js";

/** Returns package and stream version: runs of equal stream version have equal digests. */
export function versionText(): string {
  return `slatesim ${packageVersion()} (stream version ${streamVersion})`;
}
