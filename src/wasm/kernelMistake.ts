import { expectedMistake } from "../check/mistakes.js";

/** What tells kernels apart: written into each when it is built, as its custom section "slatesim". */
export interface KernelIdentity {
  readonly streamVersion: number;
  /** Of all bytes before the section, in hexadecimal. */
  readonly sha256: string;
}

/** Returns what is wrong with a module that should be the kernel of that identity. */
export function kernelMistake(field: string, module: unknown, wanted: KernelIdentity): string | undefined {
  const text = sectionOf(module);
  if (text === undefined) return expectedMistake(field, "a WebAssembly.Module", module);
  const { streamVersion, sha256 } = wanted;
  const [, version, hash] = /^stream version (\d+), sha256 ([0-9a-f]{64})$/.exec(text) ?? [];
  if (Number(version) === streamVersion && hash === sha256) return undefined;
  const rule = `"${field}" expected slatesim/kernel.wasm of stream version ${streamVersion} with SHA-256 ${sha256}`;
  if (version === undefined) return `${rule}, got a module that is no kernel`;
  return `${rule}, got one of stream version ${version} with SHA-256 ${hash}`;
}

/** Returns the custom section "slatesim" of a module as text, empty without one; undefined for what is no module. */
function sectionOf(module: unknown): string | undefined {
  try {
    const sections = WebAssembly.Module.customSections(module as WebAssembly.Module, "slatesim");
    return sections.map((section) => String.fromCharCode(...new Uint8Array(section))).join();
  } catch {
    return undefined;
  }
}
