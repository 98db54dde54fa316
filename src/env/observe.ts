import { CandidateSet } from "../spaces/candidateSet.js";
import type { MultiUserObservation, Observation } from "../spaces/observation.js";
import { Dict, Tuple } from "../spaces/records.js";
import { Nullable, Sequence } from "../spaces/sequence.js";
import type { Space } from "../spaces/space.js";
import type { World } from "../world/world.js";

/** What one user's environment may show. */
export function observationSpace<User, Shown, Response>(
  world: World<User, Shown, Response>,
): Space<Observation<User, Shown, Response>> {
  return new Dict({
    user: world.userSpace,
    doc: new CandidateSet(world.documentSpace, world.numCandidates),
    response: new Nullable(new Sequence(world.responseSpace, world.slateSize)),
  });
}

/** What an environment of so many users may show. */
export function multiUserObservationSpace<User, Shown, Response>(
  world: World<User, Shown, Response>,
  users: number,
): Space<MultiUserObservation<User, Shown, Response>> {
  const each = <Value>(space: Space<Value>): Space<readonly Value[]> => {
    return new Tuple<readonly Space<Value>[]>(Array.from({ length: users }, () => space));
  };
  return new Dict({
    user: each(world.userSpace),
    doc: new CandidateSet(world.documentSpace, world.numCandidates),
    response: new Nullable(each(new Sequence(world.responseSpace, world.slateSize))),
  });
}

/** Records list keys below this by their size, and all others after them, as they came. */
const INDICES = 2 ** 32 - 1;

/**
 * Documents as shown, by the decimal text of their ids. Room is made by the last of them: engines keep a record whose first key
 * is large as a table, and one that grows upwards as a long list with holes. Records list such keys in their order all the same.
 */
export function showById<Shown>(
  world: World<unknown, Shown>,
  documents: readonly unknown[],
  firstId: number,
): Record<string, Shown> {
  const shown: Record<string, Shown> = {};
  if (firstId + documents.length > INDICES) {
    documents.forEach((document, position) => (shown[firstId + position] = world.show(document)));
    return shown;
  }
  let position = documents.length - 1;
  shown[firstId + position] = world.show(documents[position]); // by itself: a store that makes room is slower than one that fills it
  while (position-- > 0) shown[firstId + position] = world.show(documents[position]);
  return shown;
}
