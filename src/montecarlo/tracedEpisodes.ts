import type { Json } from "../check/json.js";
import { slateFiller, type SlateFiller } from "../policies/slateFiller.js";
import { seedKey } from "../random/seedKey.js";
import { callWorld } from "../policies/callPolicy.js";
import { StudyWatch } from "../studies/studyWatch.js";
import { Episode, observeDocuments } from "../world/episode.js";
import type { RunPolicy } from "../world/policy.js";
import type { ActiveUser } from "../world/simulatedUser.js";
import type { World, WorldTypes } from "../world/world.js";

/** The numbers of a user's state between two steps, and what is observed of it, as the world describes them. */
export type TraceState = Readonly<Record<string, Json>>;

/** A candidate as it is observed, and its id. */
export type TraceCandidate<T extends WorldTypes = WorldTypes> = { readonly id: number } & T["doc"];

/** One step: what was shown, what the user did, what the world tells of it (draws, responses), and the state after it. */
export type TraceStep<T extends WorldTypes = WorldTypes> = TraceState & {
  readonly candidates: readonly TraceCandidate<T>[];
  /** Positions among the candidates. */
  readonly slate: readonly number[];
  /** Of each slot of the slate, no click last. */
  readonly probabilities: readonly number[];
  /** Slot clicked; the slate's length for no click. */
  readonly choice: number;
  readonly reward: number;
};

export interface TracedEpisode<T extends WorldTypes = WorldTypes> {
  /** The state before the first step. */
  readonly initial: TraceState;
  /** Simulated while they are asked for, and once. */
  readonly steps: Iterable<TraceStep<T>>;
}

/** Opens episodes that are traced step by step, the same as in `simulate`; what all users share is made once. */
export function tracedEpisodes<T extends WorldTypes>(
  world: World<T>,
  policy: RunPolicy<T>,
  { seed, steps }: { readonly seed: string; readonly steps: number },
): (user: number) => TracedEpisode<T> {
  const key = seedKey(seed);
  const opened = world.open(key);
  const filler = slateFiller(world, policy, seed);
  return (user) => {
    const episode = callWorld(world, 0, user, () => new Episode(world, opened, key, user));
    const active: ActiveUser<T> = { user, episode, reward: 0, responses: null };
    const initial = callWorld(world, 0, user, () => episode.user.describeState());
    return { initial, steps: tracedSteps(world, policy, active, filler, steps) };
  };
}

function* tracedSteps<T extends WorldTypes>(
  world: World<T>,
  policy: RunPolicy<T>,
  active: ActiveUser<T>,
  filler: SlateFiller<T>,
  steps: number,
): Generator<TraceStep<T>> {
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
      yield call(() => callWorld(world, step, active.user, () => takeStep(world, active, slate!)));
    }
    call(() => filler.end?.([active], step));
  } finally {
    watch.end();
  }
}

function takeStep<T extends WorldTypes>(
  world: World<T>,
  active: ActiveUser<T>,
  slate: readonly number[],
): TraceStep<T> {
  const { episode } = active;
  const candidates = candidatesOf(world, episode);
  const { choice, responses, choiceProbabilities: probabilities } = episode.step(slate);
  active.responses = responses;
  active.reward = world.reward(responses);
  const { user } = episode;
  const done = { candidates, slate, probabilities, ...user.describeStep(), choice, reward: active.reward };
  return { ...done, ...user.describeState() } as unknown as TraceStep<T>;
}

function candidatesOf<T extends WorldTypes>(world: World<T>, episode: Episode<T>): TraceCandidate<T>[] {
  const { documents, firstId } = episode;
  return observeDocuments(world, documents).map((doc, position) => {
    const observed = typeof doc === "object" && doc !== null && !Array.isArray(doc) ? doc : { document: doc };
    return { id: firstId + position, ...observed } as TraceCandidate<T>;
  });
}
