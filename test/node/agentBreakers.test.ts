// What else breaks a law of agents: each is told by the very sentence.
import { describe, expect, test } from "vitest";
import { makeEnv, spaces, type CreateAgent, type Json } from "../../src/index.js";
import { checkAgent } from "../../src/testing/index.js";
import { broken as brokenAgent, smallWorld } from "../support/brokenAgents.js";
import { saying } from "../support/brokenEnvs.js";

type Fields = Readonly<Record<string, Json>>;
const SLATES = "slates are in the action space, and observations stay as they were";
const ON = "a snapshot is plain data and resumes as the original";
const MIDDLE = "a snapshot in the middle of an episode resumes there";
let calls = 0;

/** Shows that slate, whatever is learnt. */
const always = (slate: unknown): CreateAgent => brokenAgent(() => ({ beginEpisode: () => slate as number[] }));

const agents: [string, string, CreateAgent, string][] = [
  ["repeats itself", SLATES, always([1, 1]), '"slate[1]" expected a position that is not on the slate yet, got 1'],
  ["shows too much", SLATES, always([0, 1, 2]), "at most 2"],
  ["shows what is not there", SLATES, always([5]), "got 5"],
  ["shows texts", SLATES, always(["1"]), 'got "1"'],
  [
    "begins otherwise each time",
    "the same episodes give the same slates",
    brokenAgent(() => ({ beginEpisode: () => [calls++ % 5] })),
    "another agent's slates",
  ],
  [
    "loses what shows in snapshots alone",
    ON,
    brokenAgent((sound) => {
      let episodes = 0;
      return {
        endEpisode(reward, observation) {
          episodes += 1;
          sound.endEpisode(reward, observation);
        },
        snapshot: () => ({ ...(sound.snapshot() as Fields), episodes }),
        restore(snapshot) {
          const { episodes: _lost, ...rest } = snapshot as Fields;
          sound.restore(rest);
        },
      };
    }),
    "the snapshot of what was restored",
  ],
  [
    "has a date in its snapshots",
    ON,
    brokenAgent((sound) => ({ snapshot: () => ({ ...(sound.snapshot() as Fields), at: new Date(0) as never }) })),
    'got "1970-01-01',
  ],
  [
    "counts an episode from where it was restored",
    MIDDLE,
    brokenAgent((sound) => {
      let [steps, last] = [0, 0];
      return {
        beginEpisode(observation) {
          steps = 0;
          return sound.beginEpisode(observation);
        },
        step(reward, observation) {
          steps += 1;
          return sound.step(reward, observation);
        },
        endEpisode(reward, observation) {
          last = steps;
          sound.endEpisode(reward, observation);
        },
        snapshot: () => ({ ...(sound.snapshot() as Fields), last }),
        restore(snapshot) {
          const { last: kept, ...rest } = snapshot as Fields;
          sound.restore(rest);
          last = kept as number;
        },
      };
    }),
    "the snapshot at the end of the episode",
  ],
];

/** An environment that takes more than its action space says. */
const openLax = async () => {
  const env = await makeEnv(smallWorld);
  const actionSpace = new spaces.Slate({ slateSize: 1, numCandidates: 5, allowRepeats: false });
  return new Proxy(env, {
    get(target, key) {
      const found: unknown = key === "actionSpace" ? actionSpace : Reflect.get(target, key);
      return typeof found === "function" ? (found.bind(target) as unknown) : found;
    },
  });
};

describe("checkAgent says what is wrong with an agent that", () => {
  test.each(agents)("%s", async (_, law, create, sentence) => {
    const failure = await checkAgent(create, () => makeEnv(smallWorld), { seed: 1, numRuns: 6 }).catch(
      (error) => error,
    );
    expect((failure as Error).message.split("\n\n").find((part) => part.startsWith(`${law}\n`))).toMatch(
      saying(law, sentence),
    );
  });

  test("shows more than its action space has, in an environment that takes it", async () => {
    const failure = await checkAgent(always([0, 1]), openLax, { seed: 1, numRuns: 6 }).catch((error) => error);
    expect((failure as Error).message).toContain("not in the action space: [0,1]");
  });
});
