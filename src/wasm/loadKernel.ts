import { kernelBase64 } from "./bytes.js";
import type { KernelExports } from "./kernelExports.js";

let compiled: Promise<WebAssembly.Module> | undefined;

/** The kernel, compiled once on first use. */
function kernelModule(): Promise<WebAssembly.Module> {
  compiled ??= WebAssembly.compile(kernelBytes());
  return compiled;
}

/** A kernel with a memory of its own. */
export async function loadKernel(): Promise<KernelExports> {
  const instance = await WebAssembly.instantiate(await kernelModule());
  return instance.exports as unknown as KernelExports;
}

function kernelBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(kernelBase64), (character) => character.charCodeAt(0));
}
