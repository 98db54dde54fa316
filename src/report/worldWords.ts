import { seriesName } from "../world/metrics.js";
import type { World } from "../world/world.js";

/** Parts of a world that reports need. */
export type DescribedWorld = Pick<World, "metrics" | "rewardName" | "rewardUnit"> & {
  /** Name of the world, with its changed parameters. */
  readonly label: string;
};

/** Returns the world's name for the reward. */
export function rewardWord({ rewardName = "reward" }: DescribedWorld): string {
  return rewardName;
}

/** Returns an amount of reward, as in "12.3 s of engagement". */
export function amountOfReward(world: DescribedWorld, amount: string): string {
  return `${amount} ${world.rewardUnit === undefined ? "" : `${world.rewardUnit} `}of ${rewardWord(world)}`;
}

/** Returns names of metrics in results, and their labels: those of the world, then any others. */
export function metricLabels(
  world: DescribedWorld,
  results: Readonly<Record<string, unknown>>,
): (readonly [name: string, label: string])[] {
  const declared = Object.entries(world.metrics).map(([name, { label = name }]) => [name, label] as const);
  const known = new Set(Object.keys(world.metrics));
  const others = Object.keys(results).filter((name) => !known.has(name) && isMoments(results[name]));
  return [...declared, ...others.filter((name) => !COMMON.has(name)).map((name) => [name, name] as const)].filter(
    ([name]) => !(world.rewardName !== undefined && name.toLowerCase() === `total${world.rewardName}`.toLowerCase()),
  );
}

const COMMON = new Set(["totalReward", "episodeLength", "sampledTotalReward"]);

/** Returns whether a metric is a number with an interval. */
export function isMoments(value: unknown): boolean {
  return typeof value === "object" && value !== null && "standardError" in value && "variance" in value;
}

/** Returns names of series in results, the reward first. */
export function seriesNames(world: DescribedWorld, perStep: Readonly<Record<string, unknown>>): string[] {
  const declared = Object.entries(world.metrics).flatMap(([name, metric]) => seriesName(name, metric as never) ?? []);
  const told = new Set([...declared, "users", "reward", world.rewardName]);
  return [...declared, ...Object.keys(perStep).filter((name) => !told.has(name))];
}
