import { compare, policies } from "../index.js";
import type { World, Seed } from "../index.js";
import { decimalsFor, formatInterval, formatNumber } from "../report/formatNumber.js";

/** Estimated milliseconds that this may take; an estimate, so that the same command always simulates the same users. */
const MAX_MS = 250;
/** Typical costs, in milliseconds; without a kernel users take so many times as long. */
const COST = { step: 0.016, pair: 0.3, userStepPerDocument: 5e-6, withoutKernel: 50 } as const;
const MAX_USERS = 8192;
/** Minimal number of users for a useful interval. */
const MIN_USERS = 30;
/** Maximal number of mixes listed by name; more are counted. */
const MAX_NAMED = 3;

/** The fixed mix with the highest mean return, on users of the same world and seed. */
export interface BestMix {
  readonly policy: string;
  /** Return of a user, and the 95 % interval of its mean. */
  readonly mean: number;
  readonly ci95: readonly [number, number];
  /** The other mixes whose difference from it is not significant. */
  readonly alike: readonly string[];
  readonly users: number;
  readonly firstUser: number;
  readonly steps: number;
}

/** Returns null if the world ranks no documents, or is too large to simulate every mix within MAX_MS. */
export async function bestFixedMix(
  world: World,
  { seed, firstUser, maxSteps }: { readonly seed: Seed; readonly firstUser: number; readonly maxSteps: number },
): Promise<BestMix | null> {
  const { timeBudget, numCandidates, slateSize, kernel, rank } = world;
  if (rank === undefined) return null;
  const steps = Math.min(timeBudget, maxSteps);
  const mixes = Array.from({ length: slateSize + 1 }, (_, m) => policies.mix(m));
  const once = mixes.length * (steps * COST.step + ((mixes.length - 1) / 2) * COST.pair);
  const slower = kernel === undefined ? COST.withoutKernel : 1;
  const aUser = mixes.length * steps * (numCandidates + 1.4 * slateSize) * COST.userStepPerDocument * slower;
  const users = Math.min(MAX_USERS, Math.floor((MAX_MS - once) / aUser));
  if (users < MIN_USERS) return null;
  const { policies: compared, ranking } = await compare(world, mixes, { users, steps, seed, firstUser, workers: 1 });
  const policy = ranking.order[0]!;
  const { mean, ci95 } = compared.find((each) => each.policy === policy)!.metrics.totalReward;
  const inconclusive = ranking.inconclusive.filter(({ a, b }) => a === policy || b === policy);
  const alike = inconclusive.map(({ a, b }) => (a === policy ? b : a));
  return { policy, mean, ci95, alike, users, firstUser, steps };
}

/** Describes the best fixed mix, as a baseline for an agent. */
export function describeBestMix({ rank }: World, best: BestMix | null): string {
  if (rank === undefined) return "There is no best fixed mix, as the documents of this world have no rank.";
  if (best === null)
    return "The best fixed mix is not known: simulating every mix of this world would take too long. Run slatesim compare.";
  const { policy, mean, ci95, alike, users, steps } = best;
  const decimals = decimalsFor((ci95[1] - ci95[0]) / 4);
  const others = alike.length > MAX_NAMED ? `${alike.length} other mixes` : alike.join(" and ");
  return (
    `The best fixed mix brings ${formatNumber(mean, decimals)} a user in ${steps === 1 ? "1 step" : `${steps} steps`}: ` +
    `${policy}, 95 % interval ${formatInterval(ci95, decimals)}, on ${formatNumber(users)} users of the same world and seed` +
    `${alike.length === 0 ? "" : `; its difference from ${others} is not significant`}.`
  );
}
