import { InvalidInput } from "../check/invalidInput.js";
import { proportions } from "../choice/multinomialLogit.js";
import type { Policy } from "../policy/policy.js";
import { selectSlate } from "../policy/selectSlate.js";
import { POLICY_STREAM, wordSource, type WordSource } from "../random/address.js";
import { seedKey, seedText } from "../random/seedKey.js";
import type { LtsCandidates } from "../scenario/longTermSatisfaction/candidates.js";
import { lives, type Life } from "../scenario/longTermSatisfaction/life.js";
import type { Parameters } from "../scenario/longTermSatisfaction/parameters.js";
import type { LongTermSatisfactionWorld } from "../scenario/longTermSatisfaction/world.js";
import { traceOptionMistakes, type TraceOptions } from "./options.js";
import { streamVersion } from "../random/streamVersion.js";

export interface Candidate {
  readonly id: number;
  readonly educativeness: number;
  readonly clusterId: number;
}

/** One step: what was shown, what was drawn, what the user did, and the state after it. */
export interface TraceStep {
  readonly candidates: readonly Candidate[];
  /** Positions among the candidates. */
  readonly slate: readonly number[];
  /** Of each slot of the slate, no click last. */
  readonly probabilities: readonly number[];
  readonly draws: {
    readonly choiceUniform: number;
    readonly engagementNormal: number;
    readonly innovationNormal: number;
    readonly observationUniform: number;
  };
  /** Slot clicked; the slate's length for no click. */
  readonly choice: number;
  readonly engagement: number;
  readonly reward: number;
  readonly exposure: number;
  readonly satisfaction: number;
  readonly observation: number;
}

export interface Trace {
  readonly scenario: string;
  readonly parameters: Readonly<Parameters>;
  readonly policy: string;
  readonly user: number;
  readonly seed: string;
  readonly streamVersion: number;
  /** The state before the first step. */
  readonly initial: { readonly exposure: number; readonly satisfaction: number; readonly observation: number };
  readonly steps: readonly TraceStep[];
}

/**
 * One life step by step: exactly the one that this user lives in `simulate` with the same world, policy and seed.
 * Throws `InvalidInput` with every mistake at once.
 */
export function trace(world: LongTermSatisfactionWorld, policy: Policy, options: TraceOptions): Trace {
  const mistakes = traceOptionMistakes(world, policy, options);
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  const { scenario, parameters } = world;
  const { user, seed, steps = parameters.timeBudget } = options;
  const key = seedKey(seed);
  const { life, candidates } = lives(parameters, key)(user);
  const words = wordSource(key, POLICY_STREAM, user);
  const initial = stateOf(life);
  const lived = Array.from({ length: steps }, () =>
    traceStep(life, candidatesOn(life.time, candidates), policy, parameters.slateSize, words),
  );
  return {
    scenario,
    parameters,
    policy: policy.name,
    user,
    seed: seedText(seed),
    streamVersion,
    initial,
    steps: lived,
  };
}

function traceStep(
  life: Life,
  candidates: readonly Candidate[],
  policy: Policy,
  slateSize: number,
  words: WordSource,
): TraceStep {
  const educativeness = candidates.map((candidate) => candidate.educativeness);
  const slate = selectSlate(policy, educativeness, slateSize, words, life.time);
  const shown = slate.map((position) => educativeness[position]!);
  const { choice, engagement, weights, choiceUniform, engagementNormal, innovationNormal } = life.step(shown);
  const probabilities = proportions(weights);
  const observationUniform = life.observationUniform();
  const draws = { choiceUniform, engagementNormal, innovationNormal, observationUniform };
  return { candidates, slate, probabilities, draws, choice, engagement, reward: engagement, ...stateOf(life) };
}

function stateOf(life: Life): Trace["initial"] {
  return { exposure: life.exposure, satisfaction: life.satisfaction, observation: life.observation() };
}

function candidatesOn(step: number, candidates: LtsCandidates): Candidate[] {
  const first = candidates.firstId(step);
  return candidates.documents(step).map(({ educativeness, clusterId }, position) => {
    return { id: first + position, educativeness, clusterId };
  });
}
