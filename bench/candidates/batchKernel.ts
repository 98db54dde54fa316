// The kernel with an agent outside: each step is one call for the whole batch, and slates and features lie in its memory.
import type { Candidate, RunNumbered, Task } from "../candidate.js";
import { doubles, enterWorld, instantiate, prepareBatch, type KernelExports } from "../package.js";
import { KEY, numbered, sumsOf } from "./numbered.js";

const USERS = 4096;
const SLATE = 3;

interface Batch {
  readonly kernel: KernelExports;
  /** [user][slot] */
  readonly slates: Int32Array;
  readonly engagements: Float64Array;
  readonly totals: Float64Array;
}

/** Knows slates of the first three documents and of the most educational three. */
export async function batchKernel(task: Task): Promise<Candidate> {
  const batch = await openBatch(task);
  batch.slates.forEach((_, i, slates) => (slates[i] = i % SLATE));
  const fillSlates = task.policy.rule === "first" ? () => {} : () => batch.kernel.rankSlates(SLATE, USERS);
  const steps = task.world.timeBudget;
  const run: RunNumbered = (firstUser, users) => {
    begin(batch, firstUser, users);
    for (let time = 0; time < steps; time++) {
      fillSlates();
      step(batch, firstUser, users, time);
    }
    return sumsOf(batch.totals.subarray(0, users));
  };
  return numbered("kernel", task, USERS, { addresses: "built-in", run });
}

async function openBatch({ world }: Task): Promise<Batch> {
  const kernel = await instantiate();
  enterWorld(kernel, world.parameters, KEY);
  prepareBatch(kernel, world.parameters, KEY, USERS);
  return {
    kernel,
    slates: new Int32Array(kernel.memory.buffer, kernel.slatesPointer(), USERS * SLATE),
    engagements: doubles(kernel, kernel.engagementsPointer(), USERS),
    totals: new Float64Array(USERS),
  };
}

function begin({ kernel, totals }: Batch, firstUser: number, users: number): void {
  kernel.reset(firstUser, users);
  kernel.observe(firstUser, users, 0);
  totals.fill(0);
}

function step({ kernel, engagements, totals }: Batch, firstUser: number, users: number, time: number): void {
  kernel.step(firstUser, users, time);
  for (let user = 0; user < users; user++) totals[user]! += engagements[user]!;
}
