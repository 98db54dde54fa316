import { InvalidInput } from "../check/invalidInput.js";
import { SlateCheck } from "../spaces/slateCheck.js";
import { Env } from "../env/env.js";
import type { Policy } from "./policy.js";
import { selectSlate } from "./selectSlate.js";
import { POLICY_STREAM, wordSource } from "../random/address.js";
import { seedKey } from "../random/seedKey.js";
import type { World } from "../world/world.js";
import type { AgentPolicy, EpisodicAgent, SeenOf } from "./agentPolicy.js";
import { batchView, callPolicy, fillSlates, type BatchPolicy } from "./batchPolicy.js";
import { callWorld, type Led, type SlateSource } from "../engines/episodeEngine.js";

/** The built-in policies that look at no document. */
export function blindSource(
  { slateSize, numCandidates }: World,
  policy: Policy,
  seed: string,
): SlateSource<unknown, unknown, unknown> {
  const unseen = Array.from({ length: numCandidates }, () => 0);
  return builtInSource(slateSize, policy, seed, () => unseen);
}

/** The built-in policies where documents have that educativeness, [position]. */
export function builtInSource<User, Shown, Response>(
  slateSize: number,
  policy: Policy,
  seed: string,
  educativenessFor: (led: Led<User, Shown, Response>) => readonly number[],
): SlateSource<User, Shown, Response> {
  const key = seedKey(seed);
  return {
    slates: (users, step) =>
      users.map((led) => {
        const words = wordSource(key, POLICY_STREAM, led.user);
        return selectSlate(policy, educativenessFor(led), slateSize, words, step);
      }),
  };
}

/** A batch policy: users who go on side by side are one batch. */
export function batchSource<User, Shown, Response>(
  world: World<User, Shown, Response>,
  policy: BatchPolicy<readonly SeenOf<User, Shown, Response>[]>,
  seed: string,
): SlateSource<User, Shown, Response> {
  return shownSource(world, policy, seed, (users, step) => users.map((led) => seenBy(world, led, step)));
}

/** A batch policy that is shown what `show` makes of the users. */
export function shownSource<User, Shown, Response, Seen>(
  { slateSize, numCandidates }: World<User, Shown, Response>,
  policy: BatchPolicy<Seen>,
  seed: string,
  show: (users: readonly Led<User, Shown, Response>[], step: number) => Seen,
): SlateSource<User, Shown, Response> {
  const key = seedKey(seed);
  const check = new SlateCheck({ slateSize, numCandidates, allowRepeats: false });
  return {
    slates(users, step) {
      const numbers = Uint32Array.from(users, ({ user }) => user);
      const slates = new Int32Array(users.length * slateSize);
      fillSlates(policy, batchView(numbers, step, show(users, step), key), slates, check);
      return users.map((_, lane) => Array.from(slates.subarray(lane * slateSize, (lane + 1) * slateSize)));
    },
  };
}

/** An agent for each user. */
export function agentSource<User, Shown, Response>(
  world: World<User, Shown, Response>,
  { name, createAgent }: AgentPolicy<User, Shown, Response>,
  seed: string,
): SlateSource<User, Shown, Response> {
  const { observationSpace, actionSpace } = new Env(world, {});
  const agents = new WeakMap<Led<User, Shown, Response>, EpisodicAgent<SeenOf<User, Shown, Response>>>();
  const nextSlate = (led: Led<User, Shown, Response>, seen: SeenOf<User, Shown, Response>): ArrayLike<number> => {
    const known = agents.get(led);
    if (known !== undefined) return known.step(led.reward, seen);
    const agent = createAgent({ observationSpace, actionSpace }, { seed, firstEpisode: led.user });
    agents.set(led, agent);
    return agent.beginEpisode(seen);
  };
  return {
    slates: (users, step) =>
      users.map((led) => {
        const seen = seenBy(world, led, step);
        const slate = callPolicy(name, step, `user ${led.user}`, () => nextSlate(led, seen));
        return ownSlate(actionSpace, slate, `policy "${name}" at step ${step} for user ${led.user}`);
      }),
    end: (users, step) =>
      users.forEach((led) => {
        const seen = seenBy(world, led, step);
        callPolicy(name, step, `user ${led.user}`, () => agents.get(led)?.endEpisode(led.reward, seen));
      }),
  };
}

/** What is shown of a user who has lived `step` steps. */
function seenBy<User, Shown, Response>(
  world: World<User, Shown, Response>,
  { user, episode, responses }: Led<User, Shown, Response>,
  step: number,
): SeenOf<User, Shown, Response> {
  return callWorld(world, step, user, () => episode.observe(responses));
}

/** A list of its own: agents may fill one list for all users, and users are lived after all were asked. */
function ownSlate(
  actionSpace: Env<unknown, unknown, unknown>["actionSpace"],
  slate: ArrayLike<number>,
  whose: string,
): readonly number[] {
  try {
    return actionSpace.read(slate);
  } catch (error) {
    throw new InvalidInput((error as InvalidInput).mistakes.map((mistake) => `${whose}: ${mistake}`));
  }
}
