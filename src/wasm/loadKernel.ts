import { CIRCLE, LOGS, POWERS, WEIGHTS } from "../numeric/tables.js";
import { kernelBase64 } from "./bytes.js";
import type { KernelExports } from "./kernelExports.js";

let compiled: Promise<WebAssembly.Module> | undefined;

/** The kernel, compiled once on first use. */
function kernelModule(): Promise<WebAssembly.Module> {
  compiled ??= WebAssembly.compile(kernelBytes());
  return compiled;
}

/** A kernel with a memory of its own, the tables in it. */
export async function loadKernel(): Promise<KernelExports> {
  const instance = await WebAssembly.instantiate(await kernelModule());
  const kernel = instance.exports as unknown as KernelExports;
  const tables = [...POWERS, ...WEIGHTS, ...CIRCLE, ...LOGS];
  new Float64Array(kernel.memory.buffer, kernel.tablesPointer(), tables.length).set(tables);
  return kernel;
}

function kernelBytes(): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(kernelBase64), (character) => character.charCodeAt(0));
}
