// Every public function of worlds, environments, agents, spaces and choices, as what it does with one argument.
import { expect } from "vitest";
import {
  agentNames,
  agents,
  choiceModels,
  chooseByInverseCdf,
  defineWorld,
  drawsAt,
  InvalidInput,
  longTermSatisfaction,
  makeBatchEnv,
  makeEnv,
  makeMultiUserEnv,
  makeWorld,
  multinomialLogit,
  parseAgent,
  parsePolicy,
  policies,
  proportions,
  spaces,
  userModel,
} from "../../src/index.js";
import { checkAgent, checkEnv } from "../../src/testing/index.js";
import { argumentsOf, under, type AnyKind, type Calls } from "./hostileArguments.js";
import { banditCalls, choiceCalls, slateCalls } from "./hostileChoices.js";
import { filmWorld } from "./ownWorlds.js";

const lts = longTermSatisfaction({ slateSize: 2, numCandidates: 5, numClusters: 3, timeBudget: 9 });
const box = new spaces.Box({ low: 0, high: 1 });
const env = await makeEnv(lts);
const ownEnv = await makeEnv(filmWorld());
const many = await makeMultiUserEnv(lts, { users: 2 });
const batch = await makeBatchEnv(lts, { users: 2 });
const own = await makeBatchEnv(filmWorld(), { users: 2 });
for (const each of [env, ownEnv, many, batch, own]) each.reset();
const { observation } = env.reset();

const LTS = Object.keys(lts.parameters);
const ENV = ["seed", "user", "maxSteps", "reward", "allowRepeats"];
const WORLD =
  "name version parameters slateSize numCandidates resample timeBudget documents users choice responses reward";

const definition = {
  name: "constant",
  slateSize: 1,
  numCandidates: 2,
  documents: { space: box, sample: () => 0.5 },
  users: {
    space: box,
    sample: () => 0,
    observe: () => 0.5,
    scoreDocument: () => 1,
    transition: (state: number) => state,
  },
  choice: choiceModels.multinomialLogit(),
  responses: { space: box, respond: () => 1 },
  reward: () => 1,
};

const makers: Calls = {
  longTermSatisfaction,
  ...under("longTermSatisfaction", argumentsOf(LTS, longTermSatisfaction)),
  "longTermSatisfaction documents of": (hostile) => longTermSatisfaction({ documents: [hostile] }),
  "longTermSatisfaction educativeness": (hostile) =>
    longTermSatisfaction({ documents: [{ educativeness: hostile, clusterId: hostile }] }),
  makeWorld,
  "makeWorld parameters": (hostile) => makeWorld("lts", hostile),
  userModel,
  defineWorld,
  ...under(
    "defineWorld",
    argumentsOf(WORLD.split(" "), (part: object) => defineWorld({ ...definition, ...part })),
  ),
  ...under(
    "defineWorld users",
    argumentsOf(["space", "sample", "observe"], (part: object) =>
      defineWorld({ ...definition, users: { ...definition.users, ...part } }),
    ),
  ),
  "makeEnv world": (hostile) => makeEnv(hostile),
  makeEnv: (hostile) => makeEnv(lts, hostile),
  ...under(
    "makeEnv",
    argumentsOf(ENV, (options) => makeEnv(lts, options)),
  ),
  makeMultiUserEnv: (hostile) => makeMultiUserEnv(lts, hostile),
  ...under(
    "makeMultiUserEnv",
    argumentsOf([...ENV, "users"], (options) => makeMultiUserEnv(lts, options)),
  ),
  makeBatchEnv: (hostile) => makeBatchEnv(lts, hostile),
  ...under(
    "makeBatchEnv",
    argumentsOf([...ENV, "users", "autoreset"], (options) => makeBatchEnv(lts, options)),
  ),
  drawsAt,
  ...under("drawsAt", argumentsOf(["seed", "stream", "user", "step"], drawsAt as never)),
  parsePolicy,
  parseAgent,
  "policies.mix": policies.mix,
  checkEnv: (hostile) => checkEnv(3 as never, hostile),
  checkAgent: (hostile) => checkAgent(3 as never, 3 as never, hostile),
  "Draws.integer": (hostile) => drawsAt().integer(hostile),
  multinomialLogit: (hostile) => multinomialLogit(hostile, 0),
  "multinomialLogit scores": (hostile) => multinomialLogit([hostile], hostile),
  proportions,
  chooseByInverseCdf: (hostile) => chooseByInverseCdf(hostile, hostile),
};

const OPTIONS =
  "score choice value optimizer clusterId proEducational feature learningRate discount explorationPolicy explorationTemperature bounds numBins ordinalSlates ignoreResponse algorithm optimismScaling memory agent arms historyLength rememberUser statistics aggregationPeriod switchingCost";

/** Every agent and layer of the list, with every option as the only one, and as all there are. */
const agentCalls: Calls = Object.fromEntries(
  Object.entries(agents).flatMap(([name, make]) =>
    Object.entries({
      [`agents.${name}`]: make as never,
      ...under(`agents.${name}`, argumentsOf(OPTIONS.split(" "), make as never)),
    }),
  ),
);

const openCalls: Calls = Object.fromEntries(
  agentNames.flatMap((name): [string, (hostile: never) => unknown][] => [
    [`${name} spaces`, (hostile) => parseAgent(name)(hostile)],
    [`${name} action space`, (hostile) => parseAgent(name)({ ...env, actionSpace: hostile })],
    [`${name} observation space`, (hostile) => parseAgent(name)({ ...env, observationSpace: hostile })],
    [`${name} options`, (hostile) => parseAgent(name)(env, hostile)],
    [`${name} seed`, (hostile) => parseAgent(name)(env, { seed: hostile, stream: hostile, evalMode: hostile })],
    [`${name} observation`, (hostile) => parseAgent(name)(env).beginEpisode(hostile)],
    [`${name} user`, (hostile) => parseAgent(name)(env).beginEpisode({ ...observation, user: hostile })],
    [`${name} doc`, (hostile) => parseAgent(name)(env).beginEpisode({ ...observation, doc: hostile })],
    [`${name} document`, (hostile) => parseAgent(name)(env).beginEpisode({ ...observation, doc: [hostile] })],
    [`${name} response`, (hostile) => parseAgent(name)(env).beginEpisode({ ...observation, response: hostile })],
    [`${name} responses`, (hostile) => parseAgent(name)(env).beginEpisode({ ...observation, response: [hostile] })],
    [`${name} reward`, (hostile) => parseAgent(name)(env).step(hostile, observation)],
    [`${name} restore`, (hostile) => parseAgent(name)(env).restore(hostile)],
    [
      `${name} snapshot`,
      (hostile) => {
        const agent = parseAgent(name)(env);
        for (const field of Object.keys(agent.snapshot() as object)) {
          expectRefusal(() => agent.restore({ ...(agent.snapshot() as object), [field]: hostile }));
        }
      },
    ],
  ]),
);

const envCalls: Calls = Object.fromEntries(
  Object.entries({ env, ownEnv, many, batch, own }).flatMap(([name, each]): [string, (hostile: never) => unknown][] => [
    [`${name} reset`, (hostile) => each.reset(hostile)],
    [`${name} seed and user`, (hostile) => each.reset({ seed: hostile, user: hostile })],
    [`${name} lanes`, (hostile) => each.reset({ resetMask: hostile } as never)],
    [`${name} step`, (hostile) => each.step(hostile)],
    [`${name} slate of`, (hostile) => each.step([hostile, hostile] as never)],
    [`${name} position`, (hostile) => each.step([[hostile, 0], [0]] as never)],
  ]),
);

const snapshotCalls: Calls = {
  restore: (hostile) => env.restore(hostile),
  "own restore": (hostile) => ownEnv.restore(hostile),
  "own life": (hostile) => {
    const before = ownEnv.snapshot() as { state: object };
    expectRefusal(() => ownEnv.restore({ ...before, state: { ...before.state, time: hostile } } as never));
    expectRefusal(() => ownEnv.restore({ ...before, state: hostile }));
  },
  stepInto: (hostile) => batch.stepInto([0, 1, 0, 1], hostile),
  "stepInto reward": (hostile) => batch.stepInto([0, 1, 0, 1], { ...batch.step([0, 1, 0, 1]), reward: hostile }),
};

const everySpace = [
  box,
  new spaces.Box({ low: [0, 0], high: 2, shape: [2], integer: true }),
  new spaces.Discrete(3),
  new spaces.MultiDiscrete([2, 3]),
  new spaces.Dict({ a: box }),
  new spaces.Tuple([box]),
  new spaces.Sequence(box, 3),
  new spaces.Nullable(box),
  new spaces.Slate({ slateSize: 1, numCandidates: 3 }),
  new spaces.CandidateSet(box, 2),
];

const spaceCalls: Calls = {
  ...Object.fromEntries(
    Object.entries(spaces).map(([name, Kind]) => [name, (hostile) => new (Kind as AnyKind)(hostile, 1)]),
  ),
  ...Object.fromEntries(
    Object.entries(spaces).map(([name, Kind]) => [`${name} second`, (hostile) => new (Kind as AnyKind)(box, hostile)]),
  ),
  ...under(
    "Box",
    argumentsOf(
      ["low", "high", "shape", "integer"],
      (part) => new spaces.Box({ low: 0, high: 1, ...(part as object) }),
    ),
  ),
  ...under(
    "Slate",
    argumentsOf(
      ["slateSize", "allowRepeats"],
      (part) => new spaces.Slate({ numCandidates: 3, slateSize: 1, ...(part as object) }),
    ),
  ),
  "Dict of": (hostile) => new spaces.Dict({ a: hostile }),
  "Tuple of": (hostile) => new spaces.Tuple([hostile]),
  ...Object.fromEntries(
    everySpace.flatMap((space, i): [string, (hostile: never) => unknown][] => [
      [`${i} contains`, (hostile) => expect(typeof space.contains(hostile)).toBe("boolean")],
      [`${i} contains a list of it`, (hostile) => expect(typeof space.contains([hostile])).toBe("boolean")],
      [`${i} flattens`, (hostile) => space.flatten(hostile)],
      [`${i} samples`, (hostile) => space.sample(hostile)],
    ]),
  ),
};

export const everyCall: Readonly<Record<string, Calls>> = {
  makers,
  agentCalls,
  openCalls,
  envCalls,
  snapshotCalls,
  spaceCalls,
  choiceCalls,
  slateCalls,
  banditCalls,
};

function expectRefusal(call: () => unknown): void {
  try {
    call();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
  }
}
