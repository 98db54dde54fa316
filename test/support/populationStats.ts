// The exact figures of population-stats.json beside what `simulate` gives for them.
import {
  longTermSatisfaction,
  policies,
  simulate,
  type Equations,
  type BuiltInPolicy,
  type LtsTypes,
  type Run,
} from "../../src/index.js";
import type { Figure } from "./figures.js";

/** Sixty steps, default parameters, slates of 3 out of 10. */
export interface ExactFigures {
  readonly clicked_educativeness: { readonly mean: number; readonly variance: number };
  readonly click_position_frequency: readonly number[];
  readonly code: ExactVariant;
  readonly prose: ExactVariant;
}

interface ExactVariant {
  readonly step_nee_after_mean: readonly number[];
  readonly step_nee_after_variance: readonly number[];
  readonly first_step_engagement_mean: number;
  readonly first_step_log_engagement_mean: number;
}

type Law = "first3" | "most3" | "least3";

export interface PopulationStats {
  readonly exact: Readonly<Record<Law, ExactFigures>>;
}

export const VARIANTS = ["notebook", "prose"] as const satisfies Equations[];
export type Variant = (typeof VARIANTS)[number];

/** Slates that do not look at their documents all follow one law. */
export const POLICY_LAWS: readonly { readonly policy: BuiltInPolicy; readonly law: Law }[] = [
  { policy: policies.first(), law: "first3" },
  { policy: policies.random(), law: "first3" },
  { policy: policies.mostEducational(), law: "most3" },
  { policy: policies.leastEducational(), law: "least3" },
];

export function exactVariant(exact: ExactFigures, variant: Variant): ExactVariant {
  return variant === "notebook" ? exact.code : exact.prose;
}

/** What two runs, of one step and of all, say about the exact figures. */
export async function simulatedFigures(
  variant: Variant,
  policy: BuiltInPolicy,
  exact: ExactFigures,
  options: { users: number; seed: string },
): Promise<{ run: Run<LtsTypes>; figures: Figure[] }> {
  const world = longTermSatisfaction({ equations: variant });
  const oneStep = await simulate(world, policy, { ...options, steps: 1 });
  const run = await simulate(world, policy, options);
  const { step_nee_after_mean: exposureMeans, first_step_engagement_mean: engagement } = exactVariant(exact, variant);
  const named = (name: string, { mean, standardError }: { mean: number; standardError: number }, value: number) => {
    return { name: `${variant}, ${policy.name}: ${name}`, simulated: mean, exact: value, standardError };
  };
  const figures = [
    named("first engagement, mean", oneStep.metrics.totalEngagement, engagement),
    named("first exposure, mean", oneStep.metrics.finalExposure, exposureMeans[0]!),
    named("last exposure, mean", run.metrics.finalExposure, exposureMeans[run.steps - 1]!),
    named("clicked educativeness, mean", run.metrics.clickedEducativeness, exact.clicked_educativeness.mean),
    ...exact.click_position_frequency.map((p, slot) => named(`clicks on slot ${slot}`, frequency(run, slot), p)),
  ];
  return { run, figures };
}

/** Without a click that is missed, all steps count; one step's click says nothing about the next one's. */
function frequency({ users, steps, metrics }: Run, slot: number): { mean: number; standardError: number } {
  const clicks = users * steps;
  const mean = metrics.clickPositions[slot]! / clicks;
  return { mean, standardError: Math.sqrt((mean * (1 - mean)) / clicks) };
}
