// Every scenario in every kind of shape under every built-in policy: the same users by the kernel and by the reference.
import { makeWorld, parsePolicy, policyNames, scenarios, simulate } from "slatesim";
import { substance } from "./substance.mjs";

/** As in test/properties/digests.test.ts, whose records `recorded` repeats. */
const shapes = {
  "": {},
  " slate 5 of 50": { slateSize: 5, numCandidates: 50 },
  " no click": { noClickLogit: 0.5 },
  " one corpus per user": { resample: "episode" },
  " one corpus": { resample: "never" },
};

/** A world near the limits of what is accepted. */
const wide = {
  sensitivity: 2,
  innovationStddev: 1,
  memoryDiscount: 0.95,
  memeEngagementLogMean: 100,
  memeEngagementLogStddev: 10,
  educationalEngagementLogMean: -100,
  educationalEngagementLogStddev: 10,
  noClickLogit: -5,
  numClusters: 7,
  observationNoiseStddev: 3,
  slateSize: 32,
  numCandidates: 33,
  timeBudget: 9,
};

function worlds() {
  const made = { "at the limits": makeWorld("lts", wide) };
  for (const scenario of Object.keys(scenarios)) {
    for (const [shape, parameters] of Object.entries(shapes)) {
      if (scenario === "choc-kale" && parameters.noClickLogit !== undefined) continue; // its user always clicks
      made[`${scenario}${shape}`] = makeWorld(scenario, parameters);
    }
  }
  return made;
}

/** The names that the kernel knows, with the least, the middle and the highest m. */
function namesFor(slateSize) {
  const mixes = [...new Set([0, 1, slateSize >> 1, slateSize])].map((m) => `mix(${m})`);
  const known = policyNames.filter((name) => !/greedy|field/.test(name));
  return known.flatMap((name) => (name === "mix(m)" ? mixes : [name]));
}

/** More users than a tile, fewer than two. */
const OPTIONS = { users: 70, firstUser: 2 ** 31 - 3, seed: "engines", steps: 4 };

export function runs(engine) {
  const cases = {};
  for (const [name, world] of Object.entries(worlds())) {
    for (const policy of namesFor(world.parameters.slateSize)) {
      cases[`${name}: ${policy}`] = async () =>
        substance(await simulate(world, parsePolicy(policy), { ...OPTIONS, engine }));
    }
  }
  return cases;
}

/** What test/properties/digests.json has on record, by its names after the first word. */
export function recorded() {
  const cases = {};
  for (const scenario of Object.keys(scenarios)) {
    for (const policy of ["random", "mix(2)"]) {
      const run = () => simulate(makeWorld(scenario), parsePolicy(policy), { users: 5000, steps: 20, seed: "digest" });
      cases[`recorded ${scenario}: ${policy}`] = async () => (await run()).digest;
    }
  }
  return cases;
}
