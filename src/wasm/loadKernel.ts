import { CIRCLE, LOGS, POWERS, WEIGHTS } from "../numeric/tables.js";
import { kernelBase64 } from "./bytes.js";
import type { KernelExports } from "../worlds/longTermSatisfaction/kernel/kernelExports.js";

/** The compiled kernel, which threads can share. */
export type KernelModule = WebAssembly.Module;

let compiled: Promise<KernelModule> | undefined;

/** The kernel, compiled once on first use. */
export function kernelModule(): Promise<KernelModule> {
  compiled ??= WebAssembly.compile(kernelBytes());
  return compiled;
}

/** Takes over what another thread compiled. */
export function useKernelModule(module: KernelModule): void {
  compiled = Promise.resolve(module);
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
