import { showValue } from "../check/showValue.js";
import { presetParameters } from "../worlds/scenarios.js";
import type { NumberDistribution, World } from "../index.js";
import type { DescribedWorld } from "../report/worldWords.js";
import { distributionText } from "./distributionText.js";

/**
 * Returns the scenario's name and the parameters that `--param` changed, as in `lts (sensitivity 0.05)`, `lts (3 own documents)` or
 * `lts (users from 10 rows)`; the name of a custom world.
 */
export function worldLabel(world: World): string {
  if (world.userDefined) return world.scenario;
  const preset: Readonly<Record<string, unknown>> = presetParameters(world.scenario) ?? {};
  const changes = Object.entries(world.parameters as object)
    .filter(([name, value]) => showValue(value) !== showValue(preset[name]))
    .map(([name, value]) => parameterLabel(name, value));
  return changes.length === 0 ? world.scenario : `${world.scenario} (${changes.join(", ")})`;
}

function parameterLabel(name: string, value: unknown): string {
  if (Array.isArray(value)) return `${value.length} own ${name}`;
  if (typeof value !== "object" || value === null) return `${name} ${value}`;
  return "rows" in value
    ? `${name} from ${value.rows} rows`
    : `${name} ${distributionText(value as NumberDistribution)}`;
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
