import { CandidateSet } from "../spaces/candidateSet.js";
import type { MultiUserObservation } from "../spaces/observation.js";
import { Dict, Tuple } from "../spaces/records.js";
import { Nullable, Sequence } from "../spaces/sequence.js";
import type { Space } from "../spaces/space.js";
import type { ObservationOf, WorldTypes } from "./worldTypes.js";
import type { World } from "./world.js";

/** Observation of an environment with several users. */
export type MultiUserObservationOf<T extends WorldTypes> = MultiUserObservation<T["user"], T["doc"], T["response"]>;

/** Returns the observation space of an environment with one user. */
export function observationSpace<T extends WorldTypes>(world: World<T>): Space<ObservationOf<T>> {
  return new Dict({
    user: world.userSpace,
    doc: new CandidateSet(world.documentSpace, world.numCandidates),
    response: new Nullable(new Sequence(world.responseSpace, world.slateSize)),
  }) as unknown as Space<ObservationOf<T>>;
}

/** Returns the observation space of an environment with `users` users. */
export function multiUserObservationSpace<T extends WorldTypes>(
  world: World<T>,
  users: number,
): Space<MultiUserObservationOf<T>> {
  const each = <Value>(space: Space<Value>): Space<readonly Value[]> => {
    return new Tuple<readonly Space<Value>[]>(Array.from({ length: users }, () => space));
  };
  return new Dict({
    user: each(world.userSpace),
    doc: new CandidateSet(world.documentSpace, world.numCandidates),
    response: new Nullable(each(new Sequence(world.responseSpace, world.slateSize))),
  }) as unknown as Space<MultiUserObservationOf<T>>;
}
