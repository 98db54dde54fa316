import { showValue } from "../check/showValue.js";
import { scenarios } from "../worlds/scenarios.js";
import type { World } from "../index.js";
import type { DescribedWorld } from "../report/worldWords.js";

/**
 * Returns the scenario's name and the parameters that `--param` changed, as in `lts (sensitivity 0.05)` or `lts (3 own documents)`; the
 * name of a custom world.
 */
export function worldLabel(world: World): string {
  if (world.userDefined) return world.scenario;
  const preset: Readonly<Record<string, unknown>> = { ...scenarios[world.scenario]?.parameters };
  const changes = Object.entries(world.parameters as object)
    .filter(([name, value]) => showValue(value) !== showValue(preset[name]))
    .map(([name, value]) => (Array.isArray(value) ? `${value.length} own ${name}` : `${name} ${value}`));
  return changes.length === 0 ? world.scenario : `${world.scenario} (${changes.join(", ")})`;
}

/** Returns what reports need of the world. */
export function describedWorld(world: World): DescribedWorld {
  const { metrics, rewardName, rewardUnit } = world;
  return {
    label: worldLabel(world),
    metrics,
    ...(rewardName !== undefined && { rewardName }),
    ...(rewardUnit !== undefined && { rewardUnit }),
  };
}
