// A run that is the same by one, two and three threads, and what threads load: worlds, policies and agents from a module.
import {
  agentPolicy,
  compare,
  importAgent,
  importPolicy,
  importWorld,
  makeWorld,
  policies,
  scenarios,
  simulate,
} from "slatesim";
import { hashOf } from "./hash.mjs";
import { substance } from "./substance.mjs";

const SEED = "threads";

/** Each thread has a chunk of 16,384 users at most. */
async function sameByAnyNumber(counts, run) {
  const options = { users: 16_384 * (counts.at(-1) - 1) + 70, seed: SEED };
  const hashes = [];
  for (const workers of counts) {
    const result = await run({ ...options, workers });
    if (result.timing.workers !== workers) throw new Error(`${workers} threads expected, got ${result.timing.workers}`);
    hashes.push(hashOf(substance(result)));
  }
  if (new Set(hashes).size > 1) throw new Error(`by ${counts.join(", ")} threads: ${hashes.join(", ")}`);
  return hashes[0];
}

/** `url` is where own.mjs is. */
export function threads(url) {
  const tradeoff = makeWorld("lts-tradeoff");
  const variants = Object.entries(scenarios).map(([name, world]) => ({ name, world, policy: policies.mix(1) }));
  const agent = async () => agentPolicy("rewarded", await importAgent(url, "rewarded"));
  return {
    "one run": () =>
      sameByAnyNumber([1, 2, 3], (options) => simulate(tradeoff, policies.random(), { ...options, steps: 5 })),
    "all scenarios": () => sameByAnyNumber([2], (options) => compare(tradeoff, variants, { ...options, steps: 2 })),
    "policy from a module": () => ofModules(tradeoff, importPolicy(url, "turning")),
    "agent from a module": () => ofModules(tradeoff, agent()),
    "world from a module": () => ofModules(importWorld(url, "patience"), policies.random()),
  };
}

/** Simulated in TypeScript, which takes longer: by two threads only, for one step. */
async function ofModules(worldGiven, policyGiven) {
  const [world, policy] = [await worldGiven, await policyGiven];
  return sameByAnyNumber([2], (options) => simulate(world, policy, { ...options, steps: 1 }));
}
