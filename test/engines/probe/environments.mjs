import { agentNames, makeBatchEnv, makeEnv, makeMultiUserEnv, makeWorld, parseAgent, scenarios } from "slatesim";
import { patience } from "./own.mjs";

const STEPS = 20;

/** `count` different positions that move on with the time. */
function slateAt(time, { slateSize, numCandidates }) {
  return Array.from({ length: slateSize }, (_, slot) => (time + slot) % numCandidates);
}

async function stepped(world) {
  const env = await makeEnv(world, { seed: 7, maxSteps: 8 });
  const seen = [env.reset()];
  for (let time = 0; time < STEPS; time++) {
    const step = env.step(slateAt(time, world));
    seen.push(step);
    if (step.terminated || step.truncated) seen.push(env.reset());
  }
  return seen;
}

async function steppedTogether(world) {
  const env = await makeMultiUserEnv(world, { users: 3, seed: 7 });
  const seen = [env.reset()];
  for (let time = 0; time < 5; time++) seen.push(env.step([0, 1, 2].map((user) => slateAt(time + user, world))));
  return seen;
}

/** Copies each step, because the batch reuses its arrays. */
async function steppedInBatch(world, users) {
  const env = await makeBatchEnv(world, { users, seed: 7, maxSteps: 8 });
  const seen = [plain(env.reset())];
  for (let time = 0; time < STEPS; time++) {
    seen.push(plain(env.step(Array.from({ length: users }, (_, user) => slateAt(time + user, world)).flat())));
  }
  return seen;
}

function plain(value) {
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value, plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]));
}

async function playedBy(name) {
  const env = await makeEnv(makeWorld("lts-tradeoff", { timeBudget: 9 }), { seed: 3 });
  const agent = parseAgent(name)(env, { seed: 3 });
  const seen = [];
  for (let user = 0; user < 4; user++) {
    let slate = agent.beginEpisode(env.reset({ user }).observation);
    for (let ended = false; !ended;) {
      const { reward, observation, terminated } = env.step(slate);
      seen.push([slate, reward, observation]);
      ended = terminated;
      if (ended) agent.endEpisode(reward, observation);
      else slate = agent.step(reward, observation);
    }
  }
  return seen;
}

const worlds = Object.entries({ ...scenarios, patience });

export const environments = {
  ...Object.fromEntries(worlds.map(([name, world]) => [`environment of ${name}`, () => stepped(world)])),
  ...Object.fromEntries(worlds.map(([name, world]) => [`several users of ${name}`, () => steppedTogether(world)])),
  ...Object.fromEntries(agentNames.map((name) => [`agent ${name}`, () => playedBy(name)])),
  "batch of a custom world": () => steppedInBatch(patience, 9),
};

/** What steps the kernel. */
export const kernelEnvironments = Object.fromEntries(
  Object.entries(scenarios).map(([name, world]) => [`batch of ${name}`, () => steppedInBatch(world, 70)]),
);
