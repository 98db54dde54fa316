// The package's own engines, called block by block as `simulate` calls them, with everything that they always do: the
// digest, the series, the sums of every metric.
import type { Contender, LiveNumbered, Task } from "../contender.js";
import { kernelEngine, liveBlock, referenceEngine, type BlockEngine } from "../package.js";
import { KEY, numbered } from "./numbered.js";

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

function living(engine: BlockEngine): LiveNumbered {
  return (firstUser, users) => {
    let sum = 0;
    let sumOfSquares = 0;
    for (let done = 0; done < users; done += BLOCK) {
      const { totalEngagement } = liveBlock(engine, firstUser + done, Math.min(BLOCK, users - done));
      sum += totalEngagement.sum;
      sumOfSquares += totalEngagement.sumOfSquares;
    }
    return { sum, sumOfSquares };
  };
}
