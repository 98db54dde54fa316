// The package's own engines, called block by block as `simulate` calls them, with everything that they always do: the
// digest, the series, the sums of every metric.
import type { Contender, LiveNumbered, Task } from "../contender.js";
import {
  agentPolicy,
  kernelEngine,
  simulateBlock,
  openContender,
  referenceEngine,
  type BatchPolicy,
  type BlockEngine,
} from "../package.js";
import { KEY, numbered, SEED } from "./numbered.js";

/** Users in a block of a run. */
const BLOCK = 4096;

/** WebAssembly, `users` at a call. */
export async function kernel(task: Task, users: number = BLOCK): Promise<Contender> {
  const engine = await kernelEngine(task.world, task.policy, KEY, task.world.parameters.timeBudget, "sampled");
  return numbered("kernel", task, users, living(engine));
}

/** The readable statement of the model in TypeScript: the same bits. */
export function twin(task: Task): Contender {
  const engine = referenceEngine(task.world, task.policy, KEY, task.world.parameters.timeBudget, "sampled");
  return numbered("twin", task, 256, living(engine));
}

/** The engines for policies of the caller's own, which show what the task's policy "first" shows. */
export async function ownPolicy(task: Task, kind: "batch policy" | "agent"): Promise<Contender> {
  const { world } = task;
  const study = { seed: SEED, steps: world.timeBudget, estimator: "sampled", contenders: [] } as const;
  const [policy, engine] = kind === "agent" ? ([firstAgent, "reference"] as const) : ([firstBatch, "kernel"] as const);
  const opened = (await openContender({ world, policy, engine }, study)) as BlockEngine;
  return numbered(kind, task, kind === "agent" ? 256 : BLOCK, living(opened));
}

const firstBatch: BatchPolicy = {
  name: "first",
  fillSlates({ user }, slates) {
    const slateSize = slates.length / user.length;
    for (let at = 0; at < slates.length; at++) slates[at] = at % slateSize;
  },
};

const firstAgent = agentPolicy("first", () => ({
  beginEpisode: () => [0, 1, 2],
  step: () => [0, 1, 2],
  endEpisode() {},
}));

function living(engine: BlockEngine): LiveNumbered {
  return (firstUser, users) => {
    let sum = 0;
    let sumOfSquares = 0;
    for (let done = 0; done < users; done += BLOCK) {
      const { totalEngagement } = simulateBlock(engine, firstUser + done, Math.min(BLOCK, users - done));
      sum += totalEngagement.sum;
      sumOfSquares += totalEngagement.sumOfSquares;
    }
    return { sum, sumOfSquares };
  };
}
