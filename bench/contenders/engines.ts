// The package's own engines, called block by block as `simulate` calls them, with everything that they always do: the
// digest, the series, the sums of every metric.
import type { Contender, LiveNumbered, Task } from "../contender.js";
import { kernelEngine, liveBlock, referenceEngine, type BlockEngine } from "../package.js";
import { KEY, numbered } from "./numbered.js";

/** WebAssembly, in the blocks of 4,096 users that runs are made of. */
export async function kernel(task: Task): Promise<Contender> {
  const engine = await kernelEngine(task.world, task.policy, KEY, task.world.parameters.timeBudget);
  return numbered("kernel", task, 4096, living(engine));
}

/** The readable statement of the model in TypeScript: the same bits. */
export function twin(task: Task): Contender {
  const engine = referenceEngine(task.world, task.policy, KEY, task.world.parameters.timeBudget);
  return numbered("twin", task, 256, living(engine));
}

function living(engine: BlockEngine): LiveNumbered {
  return (firstUser, users) => {
    const { sum, sumOfSquares } = liveBlock(engine, firstUser, users).totalEngagement;
    return { sum, sumOfSquares };
  };
}
