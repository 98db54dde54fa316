import type { Contender, Task } from "./contender.js";
import { batchKernel } from "./contenders/batchKernel.js";
import { batchTyped } from "./contenders/batchTyped.js";
import { kernel, ownPolicy, twin } from "./contenders/engines.js";
import { batchEnvironment, environment } from "./contenders/environments.js";
import { buildNative } from "./contenders/native.js";
import { objects } from "./contenders/objects.js";
import { typed } from "./contenders/typed.js";
import { longTermSatisfaction, policies } from "./package.js";

const world = longTermSatisfaction();
const wideWorld = longTermSatisfaction({ slateSize: 5, numCandidates: 50, noClickLogit: 0 });

const first: Task = { name: "first 3 of 10", world, policy: policies.first() };
const top: Task = { name: "top 3 of 10", world, policy: policies.mostEducational() };
const wide: Task = { name: "top 5 of 50, or none", world: wideWorld, policy: policies.mostEducational() };
const observeFirst: Task = { name: "observe first 3 of 10", world, policy: policies.first() };
const observeTop: Task = { name: "observe top 3 of 10", world, policy: policies.mostEducational() };
const stepFirst: Task = { name: "step first 3 of 10", world, policy: policies.first() };
const random: Task = { name: "random 3 of 10", world, policy: policies.random() };
const mix: Task = { name: "mix(1), 3 of 10", world, policy: policies.mix(1) };

/** A contender and the one whose speed is divided by its own. */
export interface Entry {
  readonly contender: Contender;
  readonly yardstick: Contender;
}

/** Every contender at every task: rivals against the kernel at their task, the kernel's other policies against its top 3. */
export async function enter(): Promise<Entry[]> {
  const native = buildNative();
  const natively = (task: Task): Contender[] => (native ? [native(task)] : []);
  const [kernelFirst, kernelTop, kernelWide] = await Promise.all([kernel(first), kernel(top), kernel(wide)]);
  const [batchFirst, batchTop] = await Promise.all([batchKernel(observeFirst), batchKernel(observeTop)]);
  const [alone, batched] = await Promise.all([environment(stepFirst), batchEnvironment(observeFirst)]);
  const own = await Promise.all([ownPolicy(first, "batch policy"), ownPolicy(first, "agent")]);
  return [
    ...against(kernelFirst, own),
    ...against(kernelFirst, [objects(first), typed(first), twin(first), ...natively(first), kernelFirst]),
    ...against(kernelTop, [objects(top), typed(top), twin(top), ...natively(top), kernelTop]),
    ...against(kernelWide, [typed(wide), kernelWide]),
    ...against(batchFirst, [batchTyped(observeFirst), batched, batchFirst]),
    ...against(batchTop, [batchTyped(observeTop), batchTop]),
    ...against(alone, [objects(stepFirst), alone]),
    ...against(kernelTop, [await kernel(random), await kernel(mix)]),
  ];
}

function against(yardstick: Contender, contenders: readonly Contender[]): Entry[] {
  return contenders.map((contender) => ({ contender, yardstick }));
}
