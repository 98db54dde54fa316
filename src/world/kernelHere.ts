import { warnOnce } from "../check/warnOnce.js";
import type { KernelProgram } from "./kernelProgram.js";
import type { World } from "./world.js";
import type { WorldTypes } from "./worldTypes.js";

/** Returns the kernel of a world, if it has one that this host can run. Warns where the host cannot: TypeScript takes its place then. */
export async function kernelHere<T extends WorldTypes>({ kernel }: World<T>): Promise<KernelProgram<T> | undefined> {
  const obstacle = await kernel?.obstacle();
  if (obstacle === undefined) return kernel;
  warnOnce(`slatesim simulates in TypeScript, with the same bits but about 50 times slower, as this host ${obstacle}`);
  return undefined;
}
