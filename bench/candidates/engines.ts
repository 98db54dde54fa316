// The package's own engines, called block by block as `simulate` calls them, with everything that they always do: the
// digest, the series, the sums of every metric.
import type { Addresses, Candidate, Numbered, RunNumbered, Task } from "../candidate.js";
import {
  agentPolicy,
  openEngine,
  simulateBlock,
  type BatchPolicy,
  type BlockEngine,
  type Engine,
  type RunPolicy,
  type World,
} from "../package.js";
import { NOTEBOOK_FILE, notebookWorld } from "./notebookWorld.js";
import { numbered, SEED } from "./numbered.js";
import { compileFile } from "./worldFile.js";

/** Users in a block of a run. */
const BLOCK = 4096;
/** Users at a call of what runs in TypeScript. */
const FEW = 256;

/** WebAssembly, `users` at a call. */
export async function kernel(task: Task, users: number = BLOCK): Promise<Candidate> {
  return numbered("kernel", task, users, running("built-in", await open(task, "kernel")));
}

/** The readable statement of the model in TypeScript: the same bits. */
export async function reference(task: Task): Promise<Candidate> {
  return numbered("reference", task, FEW, running("built-in", await open(task, "reference")));
}

/** A batch policy of the caller's, which shows what the task's policy "first" shows. */
export async function batchPolicy(task: Task): Promise<Candidate> {
  const own = { ...task, policy: firstBatch };
  return numbered("batch policy", task, BLOCK, running("built-in", await open(own, "kernel")));
}

/** An agent of the caller's, which shows the same. */
export async function agent(task: Task): Promise<Candidate> {
  const own = { ...task, policy: firstAgent };
  return numbered("agent", task, FEW, running("built-in", await open(own, "reference")));
}

/** The same world, put together by `defineWorld`: other draws of the same distribution. */
export async function customWorld(task: Task): Promise<Candidate> {
  const own = { ...task, world: notebookWorld };
  return numbered("custom world", task, FEW, running("custom", await open(own, "reference")));
}

/** The same world once more, compiled from its world file: the custom world's draws. */
export async function compiledWorld(task: Task): Promise<Candidate> {
  const own = { ...task, world: await compileFile(NOTEBOOK_FILE) };
  return numbered("compiled world", task, BLOCK, running("custom", await open(own, "kernel")));
}

/** An agent of the caller's in the custom world. */
export async function customWorldAgent(task: Task): Promise<Candidate> {
  const own = { world: notebookWorld, policy: firstAgent };
  return numbered("agent in custom world", task, FEW, running("custom", await open(own, "reference")));
}

function open({ world, policy }: { readonly world: unknown; readonly policy: unknown }, engine: Engine) {
  const { timeBudget } = world as World;
  const demand = { seed: SEED, steps: timeBudget, estimator: "sampled", discount: 1, warmUp: 0, metrics: [] } as const;
  return openEngine(world as World, policy as RunPolicy, engine, demand);
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

function running(addresses: Addresses, engine: BlockEngine): Numbered {
  const run: RunNumbered = (firstUser, users) => {
    let sum = 0;
    let sumOfSquares = 0;
    for (let done = 0; done < users; done += BLOCK) {
      const block = { firstUser: firstUser + done, users: Math.min(BLOCK, users - done) };
      for (const engagement of simulateBlock(engine, block).returns) {
        sum += engagement;
        sumOfSquares += engagement * engagement;
      }
    }
    return { sum, sumOfSquares };
  };
  return { addresses, run };
}
