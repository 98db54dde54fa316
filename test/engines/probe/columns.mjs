import { environments, kernelEnvironments } from "./environments.mjs";
import { items } from "./items.mjs";
import { recorded, runs } from "./runs.mjs";

/** The columns that every host can fill: where there is no kernel, the items are by the reference. */
export function columns(hasKernel) {
  return {
    ...(hasKernel && { kernel: { ...runs("kernel"), ...recorded(), ...kernelEnvironments } }),
    reference: runs("reference"),
    items: { ...items(hasKernel ? "kernel" : "reference"), ...environments },
  };
}
