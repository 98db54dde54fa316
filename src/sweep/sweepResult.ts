import { liftOf, momentsOf, type Lift } from "../montecarlo/lift.js";
import type { RunHeader } from "../montecarlo/run.js";
import type { Timing } from "../montecarlo/timing.js";
import { meanInterval, type Interval } from "../numeric/moments.js";
import type { Regret } from "../solve/regret.js";
import { regretOf } from "../solve/regret.js";
import type { Solution } from "../solve/solution.js";
import { metricsOf } from "../statistics/metrics.js";
import { digestText } from "../statistics/userDigest.js";
import { pairsOf, type Study } from "../studies/study.js";
import type { StudyTotals } from "../studies/studyTotals.js";
import type { SweepWorld } from "./worldGrid.js";

/** The return under a policy less that under the baseline, for the same users with common random numbers. */
export interface SweptDifference {
  /** Mean of the paired differences. */
  readonly mean: number;
  readonly standardError: number;
  /** 95 % interval of this policy alone. */
  readonly ci95: Interval;
  /** Interval with 95 % simultaneous confidence for all policies of the cell (Bonferroni). */
  readonly simultaneousCi95: Interval;
}

/** One policy in one cell: what `simulate` says of it there. */
export interface SweptPolicy {
  /** The policy's name. */
  readonly policy: string;
  /** 16 hexadecimal digits over the bits of all its episodes. */
  readonly digest: string;
  /** Mean return. */
  readonly mean: number;
  readonly standardError: number;
  /** 95 % interval of the mean return. */
  readonly ci95: Interval;
  /** Absent from the baseline, which is the first policy. */
  readonly difference?: SweptDifference;
  /** The difference as a share of the baseline's mean return; absent likewise. */
  readonly lift?: Lift;
  /** Distance from the optimum, where worlds are solved. */
  readonly regret?: Regret;
}

/** All policies in one world under one seed. */
export interface SweepCell {
  /** The values that vary, by name. */
  readonly at: SweepWorld["at"];
  /** The world's name. */
  readonly scenario: string;
  /** The world's hash. */
  readonly world: string;
  /** The seed as text. */
  readonly seed: string;
  /** Steps after which episodes were cut off. */
  readonly steps: number;
  /** In the order given; the first is the baseline. */
  readonly policies: readonly SweptPolicy[];
  /** Name of the policy with the largest mean return; of equals the first. */
  readonly best: string;
  /** That policy's difference from the baseline, and its lift; absent where it is the baseline. */
  readonly difference?: SweptDifference;
  readonly lift?: Lift;
  /** Value of the best policy that there can be, and how far it may be off, where worlds are solved. */
  readonly optimum?: Pick<Solution, "value" | "valueError">;
}

/** Policies in many worlds, under one seed or several: the same users and draws in all cells of a seed. */
export interface Sweep extends Pick<
  RunHeader,
  "users" | "firstUser" | "streamVersion" | "estimator" | "discount" | "warmUp"
> {
  /** The seeds as texts. */
  readonly seeds: readonly string[];
  /** Parameters that are the same in all worlds, defaults included. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Name of the first policy. */
  readonly baseline: string;
  /** World after world, and in each seed after seed. */
  readonly cells: readonly SweepCell[];
  /** True of a sweep that its signal ended early: `cells` are those that were finished. */
  readonly interrupted?: true;
  /** How long it took: the one part that differs from run to run. `simulatedUsers` are those of all cells. */
  readonly timing: Timing;
}

/** Returns the cell of a finished study, all of whose variants are in that world. */
export function cellOf(
  { world, at }: SweepWorld,
  study: Study,
  totals: StudyTotals,
  solution: Solution | undefined,
): SweepCell {
  const { seed, steps, variants } = study;
  const policies = variants.map((_, place) => policyOf(place, study, totals, solution));
  const best = policies.reduce((most, each) => (each.mean > most.mean ? each : most));
  return {
    at,
    scenario: world.scenario,
    world: world.hash,
    seed,
    steps,
    policies,
    best: best.policy,
    ...(best.lift && { difference: best.difference!, lift: best.lift }),
    ...(solution && { optimum: { value: solution.value, valueError: solution.valueError } }),
  };
}

function policyOf(
  place: number,
  { variants, estimator, warmUp }: Study,
  totals: StudyTotals,
  solution: Solution | undefined,
): SweptPolicy {
  const { totalReward } = metricsOf(totals.variants[place]!, estimator, warmUp);
  const { mean, standardError, ci95 } = totalReward;
  return {
    policy: variants[place]!.policy.name,
    digest: digestText(totals.variants[place]!.digest),
    mean,
    standardError,
    ci95,
    ...(place > 0 && againstBaseline(totals, place)),
    ...(solution && { regret: regretOf(solution, totalReward) }),
  };
}

/** Returns difference and lift of the policy at that place. */
function againstBaseline({ users, variants, pairs }: StudyTotals, place: number) {
  const at = pairsOf(variants.length).findIndex(([first, second]) => first === 0 && second === place);
  const difference = momentsOf(pairs[at]!.difference);
  const [a, b] = [momentsOf(variants[0]!.totalReward), momentsOf(variants[place]!.totalReward)];
  const standardError = Math.sqrt(difference.variance / users);
  const intervalAt = (alpha: number): Interval => meanInterval(difference.mean, standardError, users, alpha);
  const [ci95, simultaneousCi95] = [intervalAt(0.05), intervalAt(0.05 / (variants.length - 1))];
  return {
    difference: { mean: difference.mean, standardError, ci95, simultaneousCi95 },
    lift: liftOf({ users, a, b, difference }, ci95, simultaneousCi95),
  };
}
