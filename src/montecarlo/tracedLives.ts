import { Episode } from "../world/episode.js";
import { seedKey } from "../random/seedKey.js";
import type { CorpusDocument } from "../worlds/longTermSatisfaction/parameters.js";
import type { ShownLife } from "../worlds/longTermSatisfaction/shownLife.js";
import type { LongTermSatisfactionWorld } from "../worlds/longTermSatisfaction/world.js";
import { ltsSource, type LtsLed, type LtsSource } from "./ltsSource.js";
import type { LtsRunPolicy } from "../policies/runPolicy.js";
import { contenderOf, type Contender } from "../studies/study.js";
import { StudyWatch } from "../studies/studyWatch.js";

export interface Candidate {
  readonly id: number;
  readonly educativeness: number;
  readonly clusterId: number;
}

/** A user between two steps. */
export interface TraceState {
  readonly exposure: number;
  readonly satisfaction: number;
  readonly observation: number;
}

/** One step: what was shown, what was drawn, what the user did, and the state after it. */
export interface TraceStep extends TraceState {
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
}

export interface TracedLife {
  /** The state before the first step. */
  readonly initial: TraceState;
  /** Lived while they are asked for, and once. */
  readonly steps: Iterable<TraceStep>;
}

/** Opens lives that are told step by step, the same as in `simulate`; what all users share is made once. */
export function tracedLives(
  world: LongTermSatisfactionWorld,
  policy: LtsRunPolicy,
  { seed, steps }: { readonly seed: string; readonly steps: number },
): (user: number) => TracedLife {
  const key = seedKey(seed);
  const opened = world.open(key);
  const source = ltsSource(world, policy, seed);
  const contender = contenderOf(world, policy);
  return (user) => {
    const episode = new Episode(world, opened, key, user);
    const led: LtsLed = { user, episode, reward: 0, responses: null };
    return { initial: stateOf(led), steps: livedSteps(contender, led, source, steps) };
  };
}

function* livedSteps(contender: Contender, led: LtsLed, source: LtsSource, steps: number): Generator<TraceStep> {
  const watch = new StudyWatch([contender]);
  watch.begin({ firstUser: led.user, users: 1 });
  try {
    for (let step = 0; step < steps; step++) {
      const [slate] = watch.call(0, () => source.slates([led], step));
      watch.throwFailure();
      yield liveStep(contender.world as LongTermSatisfactionWorld, led, slate!);
    }
    watch.call(0, () => source.end?.([led], steps));
    watch.throwFailure();
  } finally {
    watch.end();
  }
}

function liveStep(world: LongTermSatisfactionWorld, led: LtsLed, slate: readonly number[]): TraceStep {
  const candidates = candidatesOf(led);
  const { choice, responses, choiceProbabilities: probabilities } = led.episode.step(slate);
  led.responses = responses;
  led.reward = world.reward(responses);
  const { life, lived } = led.episode.life as ShownLife;
  const { engagement, choiceUniform, engagementNormal, innovationNormal } = lived!;
  const draws = { choiceUniform, engagementNormal, innovationNormal, observationUniform: life.observationUniform() };
  return { candidates, slate, probabilities, draws, choice, engagement, reward: led.reward, ...stateOf(led) };
}

function stateOf({ episode }: LtsLed): TraceState {
  const { life } = episode.life as ShownLife;
  return { exposure: life.exposure, satisfaction: life.satisfaction, observation: life.observation() };
}

function candidatesOf({ episode: { documents, firstId } }: LtsLed): Candidate[] {
  return (documents as readonly CorpusDocument[]).map(({ educativeness, clusterId }, position) => {
    return { id: firstId + position, educativeness, clusterId };
  });
}
