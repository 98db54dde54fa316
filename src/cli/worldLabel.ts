import { showValue } from "../check/showValue.js";
import { changesOf } from "../worlds/compiled/changedWorld.js";
import { presetParameters } from "../worlds/scenarios.js";
import type { NumberDistribution, World } from "../index.js";
import type { DescribedWorld } from "../report/worldWords.js";
import { distributionText } from "./distributionText.js";

/**
 * Returns the scenario's name and the parameters that `--param` changed, as in `lts (sensitivity 0.05)`, `lts (3 own documents)` or
 * `lts (users from 10 rows)`; likewise of a world file, and the name of any other custom world.
 */
export function worldLabel(world: World): string {
  const changes = changesTo(world).map(([name, value]) => parameterLabel(name, value));
  return changes.length === 0 ? world.scenario : `${world.scenario} (${changes.join(", ")})`;
}

function changesTo(world: World): (readonly [name: string, value: unknown])[] {
  if (world.userDefined) return Object.entries(changesOf(world) ?? {});
  const preset: Readonly<Record<string, unknown>> = presetParameters(world.scenario) ?? {};
  return Object.entries(world.parameters as object).filter(
    ([name, value]) => showValue(value) !== showValue(preset[name]),
  );
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
