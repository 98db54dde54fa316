import { agents, makeEnv, type Environment } from "../../src/index.js";
import { TrainRunner, type TrainOptions } from "../../src/train/index.js";
import { filmWorld } from "./ownWorlds.js";

/** Learns from rewards, in a world without clusters. */
export const createAgent = agents.tabularQ({ bounds: [0, 4], numBins: 5 });
export const openFilms = (): Promise<Environment> => makeEnv(filmWorld("step", 12), { seed: "films" });
export const few = { numIterations: 4, maxTrainingSteps: 30 } as const;

export async function trainFilms(options: Partial<TrainOptions> = {}, signal?: AbortSignal) {
  const runner = new TrainRunner({ env: await openFilms(), createAgent, ...few, ...options });
  return runner.run(signal === undefined ? {} : { signal });
}

/** The environment until it has lived so many steps. */
export function crashing(env: Environment, steps: number): Environment {
  let left = steps;
  return {
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    reset: (options) => env.reset(options),
    step(slate) {
      if (left-- === 0) throw new Error("a crash");
      return env.step(slate);
    },
    snapshot: () => env.snapshot(),
    restore: (snapshot) => env.restore(snapshot),
    fork: () => env.fork(),
  };
}
