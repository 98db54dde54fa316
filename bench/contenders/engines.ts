// The package's own engines, called block by block as `simulate` calls them, with everything that they always do: the
// digest, the series, the sums of every metric.
import type { Contender, Task } from "../contender.js";
import { kernelEngine, liveBlock, referenceEngine, seedKey, type BlockEngine } from "../package.js";

const KEY = seedKey("bench");

/** WebAssembly, in the blocks of 4,096 users that runs are made of. */
export async function kernel(task: Task): Promise<Contender> {
  const engine = await kernelEngine(task.world, task.policy, KEY, task.world.parameters.timeBudget);
  return contender("kernel", task, engine, 4096);
}

/** The readable statement of the model in TypeScript: the same bits. */
export function twin(task: Task): Contender {
  const engine = referenceEngine(task.world, task.policy, KEY, task.world.parameters.timeBudget);
  return contender("twin", task, engine, 256);
}

function contender(name: string, task: Task, engine: BlockEngine, users: number): Contender {
  let firstUser = 0;
  const live: Contender["live"] = () => {
    const { sum, sumOfSquares } = liveBlock(engine, firstUser, users).totalEngagement;
    firstUser += users;
    return { sum, sumOfSquares };
  };
  return { name, task, users, live };
}
