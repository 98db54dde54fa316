// The numbers by which a built-in policy ranks the candidates of a user.
import type { ActiveUser } from "../world/episode.js";
import type { BuiltInPolicy } from "../world/policy.js";
import type { SimulatedUser } from "../world/simulatedUser.js";
import type { World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { failureOf } from "./callPolicy.js";

/** Returns a function of a user who has taken `step` steps: a number for each candidate. */
export function candidateRanks<T extends WorldTypes>(
  world: World<T>,
  policy: BuiltInPolicy,
): (active: ActiveUser<T>, step: number) => readonly number[] {
  const rankOf = rankUnder(world, policy);
  return ({ user, episode }, step) => {
    try {
      return episode.documents.map((document) => rankOf(document, episode.user));
    } catch (error) {
      throw failureOf(`world "${world.scenario}"`, step, `user ${user}`, error);
    }
  };
}

function rankUnder<T extends WorldTypes>(
  world: World<T>,
  { by }: BuiltInPolicy,
): (document: T["document"], user: SimulatedUser<T>) => number {
  if (by === undefined) return (document) => world.rank!(document);
  if (by === "score") return (document, user) => user.score(document);
  return (document) => world.documentFields.numberOf(document, by.field);
}
