import { showValue } from "../check/showValue.js";
import { scenarios } from "../worlds/scenarios.js";
import type { LongTermSatisfactionWorld } from "../index.js";

/** The scenario's name and what `--param` changed in it, as in `lts (sensitivity 0.05)` or `lts (3 own documents)`. */
export function worldLabel(world: LongTermSatisfactionWorld): string {
  const preset: Readonly<Record<string, unknown>> = { ...scenarios[world.scenario]?.parameters };
  const changes = Object.entries(world.parameters)
    .filter(([name, value]) => showValue(value) !== showValue(preset[name]))
    .map(([name, value]) => (Array.isArray(value) ? `${value.length} own ${name}` : `${name} ${value}`));
  return changes.length === 0 ? world.scenario : `${world.scenario} (${changes.join(", ")})`;
}
