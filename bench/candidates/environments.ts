// The package's environments, led as an agent of the caller's own would lead them.
import type { Candidate, RunNumbered, Task } from "../candidate.js";
import { makeBatchEnv, makeEnv } from "../package.js";
import { numbered, SEED, sumsOf } from "./numbered.js";

const USERS = 4096;
const SLATE = 3;

/** One user at a time, with all the objects that an observation is made of. Knows slates of the first three documents. */
export async function environment(task: Task): Promise<Candidate> {
  const env = await makeEnv(task.world, { seed: SEED });
  const simulateUser = (user: number): number => {
    env.reset({ user });
    let total = 0;
    for (let over = false; !over;) {
      const { reward, terminated } = env.step([0, 1, 2]);
      total += reward;
      over = terminated;
    }
    return total;
  };
  const run: RunNumbered = (firstUser, users) =>
    sumsOf(Float64Array.from({ length: users }, (_, i) => simulateUser(firstUser + i)));
  return numbered("environment", task, 256, { addresses: "built-in", run });
}

/** Many users at once, slates from a policy in TypeScript: the same ones, written anew at every step. */
export async function batchEnvironment(task: Task): Promise<Candidate> {
  const batch = await makeBatchEnv(task.world, { users: USERS, seed: SEED });
  const slates = new Int32Array(USERS * SLATE);
  batch.reset();
  fillSlates(slates);
  const result = batch.step(slates);
  const totals = new Float64Array(USERS);
  const { timeBudget } = task.world;
  const run: RunNumbered = (firstUser, users) => {
    batch.reset({ user: firstUser });
    totals.fill(0);
    for (let step = 0; step < timeBudget; step++) {
      fillSlates(slates);
      const { reward } = batch.stepInto(slates, result);
      for (let index = 0; index < USERS; index++) totals[index]! += reward[index]!;
    }
    return sumsOf(totals.subarray(0, users));
  };
  return numbered("environment", task, USERS, { addresses: "built-in", run });
}

function fillSlates(slates: Int32Array): void {
  for (let at = 0; at < slates.length; at += SLATE) {
    slates[at] = 0;
    slates[at + 1] = 1;
    slates[at + 2] = 2;
  }
}
