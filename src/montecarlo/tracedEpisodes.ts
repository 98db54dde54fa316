import { slateFiller, type SlateFiller } from "../policies/slateFiller.js";
import { DEFAULT_SEED, seedKey } from "../random/seedKey.js";
import { callWorld } from "../policies/callPolicy.js";
import { StudyWatch } from "../studies/studyWatch.js";
import { ActiveUser, Episode, observeDocuments } from "../world/episode.js";
import type { RunPolicy } from "../world/policy.js";
import type { UserStep } from "../world/simulatedUser.js";
import type { World } from "../world/world.js";
import type { ObservationOf, WorldTypes } from "../world/worldTypes.js";

/** A user between two steps, as the world describes it. */
export type TraceState<T extends WorldTypes = WorldTypes> = T["tracedState"];

/** A candidate as it is observed, and its id. */
export type TraceCandidate<T extends WorldTypes = WorldTypes> = { readonly id: number } & T["doc"];

/** One step: candidates, slate, choice, the world's details (draws, responses), and the state after it. */
export type TraceStep<T extends WorldTypes = WorldTypes> = T["tracedStep"] &
  T["tracedState"] & {
    readonly candidates: readonly TraceCandidate<T>[];
    /** Positions among the candidates. */
    readonly slate: readonly number[];
    /** Probability of the slate, in its order, under the policy, in (0, 1]; null where the policy does not state it. */
    readonly slatePropensity: number | null;
    /** Probability of a click on each slot of the slate, no click last. */
    readonly probabilities: readonly number[];
    /** Slot clicked; the slate's length for no click. */
    readonly choice: number;
    readonly reward: number;
  };

export interface TracedEpisode<T extends WorldTypes = WorldTypes> {
  /** The state before the first step. */
  readonly initial: TraceState<T>;
  /** Iterates over the steps while simulating them; only once. */
  readonly steps: Iterable<TraceStep<T>>;
}

/** Slot clicked (the slate's size for none), reward, and the numbers of the state after the step. */
export type RecordedStep = readonly number[];

/** One step as a policy saw it, and what came of it. */
export interface ObservedStep<T extends WorldTypes = WorldTypes> extends UserStep<T["response"]> {
  /** The observation before the step, as agents see it. */
  readonly observation: ObservationOf<T>;
  /** Positions among the candidates. */
  readonly slate: readonly number[];
}

/** Returns the recorded steps of a user's episode, simulated in TypeScript. */
export function recordedSteps<T extends WorldTypes>(
  world: World<T>,
  policy: RunPolicy<T>,
  { seed, steps }: { readonly seed: string; readonly steps: number },
  user: number,
): RecordedStep[] {
  const { active, filler } = openTraced(world, policy, seed)(user);
  const record = (slate: readonly number[]): RecordedStep => {
    const { choice } = takeStep(active, slate);
    return [choice, active.reward, ...active.episode.user.stateNumbers().map(([, number]) => number)];
  };
  return [...tracedSteps(world, policy, active, filler, steps, record)];
}

/** Returns the name of the number at index `place` of a recorded step. */
export function recordedName(world: World, place: number): string {
  if (place === 0) return "choice";
  if (place === 1) return world.rewardName ?? "reward";
  const key = seedKey(DEFAULT_SEED);
  const numbers = new Episode(world, world.open(key), key, 0).user.stateNumbers();
  return numbers[place - 2]?.[0] ?? `state[${place - 2}]`;
}

/** Opens episodes that are traced step by step, equal to those in `simulate`; data that all users share is made once. */
export function tracedEpisodes<T extends WorldTypes>(
  world: World<T>,
  policy: RunPolicy<T>,
  { seed, steps }: { readonly seed: string; readonly steps: number },
): (user: number) => TracedEpisode<T> {
  const open = openTraced(world, policy, seed);
  return (number) => {
    const { active, filler } = open(number);
    const { user } = active.episode;
    const initial = callWorld(world, 0, number, () => user.describeState());
    const describe = (slate: readonly number[], slatePropensity: number | null): TraceStep<T> => {
      const candidates = candidatesOf(world, active.episode);
      const { choice, reward } = takeStep(active, slate);
      const done = {
        candidates,
        slate,
        slatePropensity,
        probabilities: user.choiceProbabilities(),
        ...user.describeStep(),
        choice,
        reward,
      };
      return { ...done, ...user.describeState() } as unknown as TraceStep<T>;
    };
    return { initial, steps: tracedSteps(world, policy, active, filler, steps, describe) };
  };
}

/** Opens episodes whose steps are observed one by one, equal to those in `simulate`; data that all users share is made once. */
export function observedEpisodes<T extends WorldTypes>(
  world: World<T>,
  policy: RunPolicy<T>,
  { seed, steps }: { readonly seed: string; readonly steps: number },
): (user: number) => Iterable<ObservedStep<T>> {
  const open = openTraced(world, policy, seed);
  return (user) => {
    const { active, filler } = open(user);
    const observe = (slate: readonly number[]): ObservedStep<T> => {
      const observation = active.episode.observe(active.responses);
      return { observation, slate, ...takeStep(active, slate) };
    };
    return tracedSteps(world, policy, active, filler, steps, observe);
  };
}

/** Simulates users of a world one by one; data that all share is made once. */
function openTraced<T extends WorldTypes>(world: World<T>, policy: RunPolicy<T>, seed: string) {
  const key = seedKey(seed);
  const opened = world.open(key);
  const filler = slateFiller(world, policy, seed);
  return (user: number): { readonly active: ActiveUser<T>; readonly filler: SlateFiller<T> } => {
    const episode = callWorld(world, 0, user, () => new Episode(world, opened, key, user));
    return { active: new ActiveUser(user, episode), filler };
  };
}

/** Iterates over an episode's steps; `take` takes one with its slate and propensity, and returns the item to yield. */
function* tracedSteps<T extends WorldTypes, Item>(
  world: World<T>,
  policy: RunPolicy<T>,
  active: ActiveUser<T>,
  filler: SlateFiller<T>,
  steps: number,
  take: (slate: readonly number[], slatePropensity: number | null) => Item,
): Generator<Item> {
  const variant = { world: world as World, policy: policy as RunPolicy, engine: "reference" as const };
  const watch = new StudyWatch({ variants: [variant], metrics: [] });
  watch.begin({ firstUser: active.user, users: 1 });
  let step = 0;
  const call = <Result>(code: () => Result): Result => {
    const result = watch.call(0, code);
    watch.throwFailure();
    return result;
  };
  try {
    for (; step < steps; step++) {
      if (call(() => callWorld(world, step, active.user, () => active.episode.user.terminated))) break;
      const [slate] = call(() => filler.slates([active], step));
      const propensity = call(() => filler.propensity(active, step));
      yield call(() => callWorld(world, step, active.user, () => take(slate!, propensity)));
    }
    call(() => filler.end?.([active], step));
  } finally {
    watch.end();
  }
}

function takeStep<T extends WorldTypes>(active: ActiveUser<T>, slate: readonly number[]): UserStep<T["response"]> {
  const step = active.episode.step(slate);
  active.responses = step.responses;
  active.reward = step.reward;
  return step;
}

function candidatesOf<T extends WorldTypes>(world: World<T>, episode: Episode<T>): TraceCandidate<T>[] {
  const { documents, firstId } = episode;
  return observeDocuments(world, documents).map((doc, position) => {
    const observed = typeof doc === "object" && doc !== null && !Array.isArray(doc) ? doc : { document: doc };
    return Object.assign({ id: firstId + position }, observed) as TraceCandidate<T>;
  });
}
