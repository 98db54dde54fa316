import { compare, policies } from "../index.js";
import type { World, Seed } from "../index.js";
import { decimalsFor, formatInterval, formatNumber } from "../report/formatNumber.js";

/** Milliseconds that this may take, as estimated, so that the same command always simulates the same users. */
const MAX_MS = 250;
/** What things take on a usual machine, in milliseconds. */
const COST = { step: 0.016, pair: 0.3, userStepPerDocument: 5e-6 } as const;
const MAX_USERS = 8192;
/** Of fewer there is no interval that would say something. */
const MIN_USERS = 30;
/** More of them are counted only. */
const MAX_NAMED = 3;

/** The fixed mix that brings most, on users of the same world and seed. */
export interface BestMix {
  readonly policy: string;
  /** Return of a user, and the 95 % interval of its mean. */
  readonly mean: number;
  readonly ci95: readonly [number, number];
  /** The other mixes that so few users cannot tell from it. */
  readonly alike: readonly string[];
  readonly users: number;
  readonly firstUser: number;
  readonly steps: number;
}

/** Null where the world is too large to simulate every mix in passing. */
export async function bestFixedMix(
  world: World,
  { seed, firstUser, maxSteps }: { readonly seed: Seed; readonly firstUser: number; readonly maxSteps: number },
): Promise<BestMix | null> {
  const { timeBudget, numCandidates, slateSize } = world;
  const steps = Math.min(timeBudget, maxSteps);
  const mixes = Array.from({ length: slateSize + 1 }, (_, m) => policies.mix(m));
  const once = mixes.length * (steps * COST.step + ((mixes.length - 1) / 2) * COST.pair);
  const aUser = mixes.length * steps * (numCandidates + 1.4 * slateSize) * COST.userStepPerDocument;
  const users = Math.min(MAX_USERS, Math.floor((MAX_MS - once) / aUser));
  if (users < MIN_USERS) return null;
  const { policies: compared, ranking } = await compare(world, mixes, { users, steps, seed, firstUser, workers: 1 });
  const policy = ranking.order[0]!;
  const { mean, ci95 } = compared.find((each) => each.policy === policy)!.metrics.totalReward;
  const inconclusive = ranking.inconclusive.filter(({ a, b }) => a === policy || b === policy);
  const alike = inconclusive.map(({ a, b }) => (a === policy ? b : a));
  return { policy, mean, ci95, alike, users, firstUser, steps };
}

/** The same in words, to judge an agent by. */
export function describeBestMix(best: BestMix | null): string {
  if (best === null)
    return "The best fixed mix is not known: this world takes too long for it. slatesim compare tells.";
  const { policy, mean, ci95, alike, users, steps } = best;
  const decimals = decimalsFor((ci95[1] - ci95[0]) / 4);
  const others = alike.length > MAX_NAMED ? `${alike.length} other mixes` : alike.join(" and ");
  return (
    `The best fixed mix brings ${formatNumber(mean, decimals)} a user in ${steps === 1 ? "1 step" : `${steps} steps`}: ` +
    `${policy}, 95 % interval ${formatInterval(ci95, decimals)}, on ${formatNumber(users)} users of the same world and seed` +
    `${alike.length === 0 ? "" : `; so few do not tell it from ${others}`}.`
  );
}
