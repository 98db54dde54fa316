// What else breaks a law: each is told by the very sentence, so that no other look finds it in its stead.
import { describe, expect, test } from "vitest";
import type { Environment, Json } from "../../src/index.js";
import { checkEnv } from "../../src/testing/index.js";
import {
  atReset,
  broken,
  hidden,
  lenient,
  openedTwice,
  openSound,
  saying,
  stepwise,
  type Fields,
} from "../support/brokenEnvs.js";

const SHOWN = "observations are in the observation space";
const TELLS = "a step reports its seed, user, step and probabilities";
const REPLAYS = "a reset to a user replays that user";
const SAME = "the same seed, user and slates give the same bits";
const SNAPSHOT = "a snapshot is plain data and resumes as the original";
const FOREIGN = "anything but a snapshot of this environment is refused and changes nothing";
const FORK = "a fork is at the same point and independent";
const CHANGES = "earlier observations do not change, and writing to them changes nothing";
const ILLEGAL = "illegal slates and steps are refused and change nothing";

const isList = (slate: unknown): slate is unknown[] => Array.isArray(slate);

const environments: [string, string, () => Promise<Environment>, string][] = [
  [
    "shows a strange user at first",
    SHOWN,
    atReset(({ observation }) => ({ observation: { ...observation, user: [7] } })),
    "not in the observation space",
  ],
  [
    "shows a response at first",
    SHOWN,
    atReset(({ observation }) => ({ observation: { ...observation, response: [] } })),
    "the response after a reset",
  ],
  [
    "names another seed",
    TELLS,
    atReset(({ info }) => ({ info: { ...info, seed: "x" } })),
    "seed, user and step after a reset",
  ],
  [
    "names another user",
    TELLS,
    atReset(({ info }) => ({ info: { ...info, user: info.user + 1 } })),
    "seed, user and step after a reset",
  ],
  [
    "begins at step 1",
    TELLS,
    atReset(({ info }) => ({ info: { ...info, step: 1 } })),
    "seed, user and step after a reset",
  ],
  [
    "pads slates that are short",
    TELLS,
    broken((sound) => ({ step: (slate) => sound.step(isList(slate) && slate.length === 0 ? [0] : slate) })),
    "the number of responses to the slate",
  ],
  [
    "leaves out no click",
    TELLS,
    stepwise(({ info }) => ({ info: { ...info, choiceProbabilities: info.choiceProbabilities!.slice(0, -1) } })),
    "the number of choice probabilities",
  ],
  [
    "has half the chances",
    TELLS,
    stepwise(({ info }) => ({ info: { ...info, choiceProbabilities: info.choiceProbabilities!.map((x) => x / 2) } })),
    "they sum up to",
  ],
  ["is worth too much", TELLS, stepwise(() => ({ reward: Infinity })), "the reward is Infinity"],
  ["ends twice", TELLS, stepwise(({ terminated }) => ({ truncated: terminated })), "both terminated and truncated"],
  [
    "draws its users from elsewhere",
    SAME,
    atReset(({ observation }) => ({ observation: { ...observation, user: [Math.random()] } })),
    "the episode of a second environment",
  ],
  [
    "remembers the episode before",
    REPLAYS,
    stepwise((_, calls) => ({ reward: calls })),
    "the episode after another reset",
  ],
  [
    "calls all users the same",
    "a reset without a user begins the episode of another user",
    atReset(({ info }) => ({ info: { ...info, user: 5 } })),
    "two episodes of user 5",
  ],
  [
    "takes repeats",
    ILLEGAL,
    lenient((slate) => isList(slate) && slate.length === 2 && slate[0] === slate[1]),
    "the slate [0,0]",
  ],
  [
    "takes slates that are too long",
    ILLEGAL,
    lenient((slate) => isList(slate) && slate.length === 4),
    "the slate [0,1,2,3]",
  ],
  ["takes a position after the last", ILLEGAL, lenient((slate) => isList(slate) && slate[0] === 10), "the slate [10]"],
  [
    "takes a position before the first",
    ILLEGAL,
    lenient((slate) => isList(slate) && slate[0] === -1),
    "the slate [-1]",
  ],
  ["takes half a position", ILLEGAL, lenient((slate) => isList(slate) && slate[0] === 0.5), "the slate [0.5]"],
  ["takes NaN", ILLEGAL, lenient((slate) => isList(slate) && Number.isNaN(slate[0])), "the slate [Number.NaN]"],
  ["takes texts in a list", ILLEGAL, lenient((slate) => isList(slate) && slate[0] === "0"), 'the slate ["0"]'],
  ["takes null", ILLEGAL, lenient((slate) => slate === null), "the slate null"],
  ["takes a text", ILLEGAL, lenient((slate) => slate === "0"), 'the slate "0"'],
  [
    "steps before a reset",
    ILLEGAL,
    broken((sound) => {
      let begun = false;
      return {
        reset: (options) => ((begun = true), sound.reset(options)),
        step: (slate) => (begun ? sound.step(slate) : (sound.reset(), sound.step(slate))),
      };
    }),
    "a step before the first reset",
  ],
  [
    "steps after the end",
    SAME,
    broken((sound) => {
      let last: ReturnType<Environment["step"]> | undefined;
      return {
        reset: (options) => ((last = undefined), sound.reset(options)),
        step: (slate) => (last?.terminated === true ? last : (last = sound.step(slate))),
      };
    }),
    "a step after the end was not refused",
  ],
  [
    "counts what it refuses",
    ILLEGAL,
    hidden((count, sound) => ({ step: (slate) => ((count.now += 1), sound.step(slate)) })),
    "the snapshot after refused slates",
  ],
  [
    "restores all but what shows in snapshots alone",
    SNAPSHOT,
    hidden((_, sound) => ({
      restore: (snapshot) => {
        if ((snapshot as Fields | null)?.["hidden"] === undefined) throw new Error("foreign");
        const { hidden: _lost, ...rest } = snapshot as Fields;
        sound.restore(rest);
      },
    })),
    "the snapshot of what was restored",
  ],
  [
    "forks all but what shows in snapshots alone",
    FORK,
    hidden((count, sound) => ({
      fork: () =>
        ({
          ...sound.fork(),
          snapshot: () => ({ ...(sound.snapshot() as Fields), hidden: count.now + 1 }),
        }) as Environment,
    })),
    "the snapshot of a fork",
  ],
  [
    "hands out its live state as a snapshot",
    SNAPSHOT,
    broken((sound) => {
      const live: Record<string, Json> = {};
      return {
        snapshot: () => Object.assign(live, sound.snapshot()),
        step: (slate) => {
          const result = sound.step(slate);
          Object.assign(live, sound.snapshot());
          return result;
        },
      };
    }),
    "the snapshot after further steps",
  ],
  [
    "takes a snapshot without the user",
    FOREIGN,
    broken((sound) => ({
      restore: (snapshot) =>
        sound.restore(
          typeof snapshot === "object" && snapshot !== null && Object.keys(snapshot).length > 3
            ? { ...(sound.snapshot() as Fields), ...(snapshot as Fields) }
            : snapshot,
        ),
    })),
    "a snapshot without",
  ],
  [
    "moves what it was forked from",
    FORK,
    broken((sound) => ({ fork: () => openedTwice(sound) })),
    "the steps beside the fork",
  ],
  [
    "looks at what it has shown",
    CHANGES,
    broken((sound) => {
      let shown: readonly number[] = [0];
      return {
        step(slate) {
          const result = sound.step(slate);
          const reward = result.reward + (shown[0]! > 1e5 ? 1 : 0);
          shown = result.observation.user as readonly number[];
          return { ...result, reward };
        },
      };
    }),
    "the episode whose observations were overwritten",
  ],
];

describe("checkEnv says what is wrong with an environment that", () => {
  test.each(environments)("%s", async (_, law, open, sentence) => {
    const failure = await checkEnv(open, { seed: 1, numRuns: 6 }).catch((error: Error) => error);
    expect((failure as Error).message.split("\n\n").find((part) => part.startsWith(`${law}\n`))).toMatch(
      saying(law, sentence),
    );
  });

  test("is sound, also where a part shows in snapshots alone: nothing", async () => {
    await checkEnv(
      hidden(() => ({})),
      { seed: 1, numRuns: 6 },
    );
    await checkEnv(openSound, { seed: 2, numRuns: 6 });
  });
});
