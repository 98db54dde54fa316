import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sha256 } from "../files/sealedText.js";

const OWN = fileURLToPath(new URL("../compiler/", import.meta.url));

/**
 * Returns a hash of the compiler's code in a folder, library of kernels included: two builds of one version may differ in it. Reading it takes
 * milliseconds, where loading AssemblyScript, to compare what would be compiled, takes seconds.
 */
export function compilerHash(folder = OWN): string {
  try {
    const files = readdirSync(folder).filter((name) => /(?<!\.d)\.[jt]s$/.test(name));
    return sha256(JSON.stringify(files.toSorted().map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")])));
  } catch {
    return "bundled"; // a bundle has no such folder: the package's version has to do
  }
}
