import { readFileSync } from "node:fs";
import { streamVersion } from "../index.js";

/** Package and stream version: runs of equal stream version have equal digests. */
export function versionText(): string {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return `slatesim ${version} (stream version ${streamVersion})`;
}
