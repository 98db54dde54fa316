import type { Candidate, Task } from "./candidate.js";
import { batchKernel } from "./candidates/batchKernel.js";
import { batchTyped } from "./candidates/batchTyped.js";
import {
  agent,
  batchPolicy,
  compiledWorld,
  customWorld,
  customWorldAgent,
  kernel,
  reference,
} from "./candidates/engines.js";
import { batchEnvironment, environment } from "./candidates/environments.js";
import { buildNative } from "./candidates/native.js";
import { objects } from "./candidates/objects.js";
import { typed } from "./candidates/typed.js";
import { longTermSatisfaction, policies, scenarios, solve } from "./package.js";

const world = longTermSatisfaction();
const wideWorld = longTermSatisfaction({ slateSize: 5, numCandidates: 50, noClickLogit: 0 });

const first: Task = { name: "first 3 of 10", world, policy: policies.first() };
const top: Task = { name: "top 3 of 10", world, policy: policies.mostEducational() };
const wide: Task = { name: "top 5 of 50, or none", world: wideWorld, policy: policies.mostEducational() };
const notebookFirst: Task = {
  name: "first 3 of 10, lts-notebook",
  world: scenarios["lts-notebook"],
  policy: policies.first(),
};
const observeFirst: Task = { name: "observe first 3 of 10", world, policy: policies.first() };
const observeTop: Task = { name: "observe top 3 of 10", world, policy: policies.mostEducational() };
const stepFirst: Task = { name: "step first 3 of 10", world, policy: policies.first() };
const random: Task = { name: "random 3 of 10", world, policy: policies.random() };
const mix: Task = { name: "mix(1), 3 of 10", world, policy: policies.mix(1) };

const differing = longTermSatisfaction({
  sensitivity: { distribution: "uniform", min: 0.005, max: 0.015 },
  memoryDiscount: { distribution: "uniform", min: 0.8, max: 0.95 },
});
const topOfDiffering: Task = {
  name: "top 3 of 10, users differ",
  world: differing,
  policy: policies.mostEducational(),
};

const tradeoff = scenarios["lts-tradeoff"];
const topOfTradeoff: Task = { name: "top 3 of 10, lts-tradeoff", world: tradeoff, policy: policies.mostEducational() };

/** A candidate and the one whose speed is divided by its own. */
export interface Entry {
  readonly candidate: Candidate;
  readonly baseline: Candidate;
}

/** Every candidate at every task: baselines against the kernel at their task, the kernel's other policies against its top 3. */
export async function enter(): Promise<Entry[]> {
  const native = buildNative();
  const natively = (task: Task): Candidate[] => (native ? [native(task)] : []);
  const [kernelFirst, kernelTop, kernelWide] = await Promise.all([kernel(first), kernel(top), kernel(wide)]);
  const kernelTradeoff = await kernel(topOfTradeoff);
  const [batchFirst, batchTop] = await Promise.all([batchKernel(observeFirst), batchKernel(observeTop)]);
  const [alone, batched] = await Promise.all([environment(stepFirst), batchEnvironment(observeFirst)]);
  const callers = await Promise.all([batchPolicy(first), agent(first)]);
  const kernelNotebook = await kernel(notebookFirst);
  const custom = await Promise.all([customWorld, customWorldAgent, compiledWorld].map((open) => open(notebookFirst)));
  return [
    ...against(kernelFirst, callers),
    ...against(kernelFirst, [objects(first), typed(first), await reference(first), ...natively(first), kernelFirst]),
    ...against(kernelNotebook, [...custom, kernelNotebook]),
    ...against(kernelTop, [objects(top), typed(top), await reference(top), ...natively(top), kernelTop]),
    ...against(kernelWide, [typed(wide), kernelWide]),
    ...against(batchFirst, [batchTyped(observeFirst), batched, batchFirst]),
    ...against(batchTop, [batchTyped(observeTop), batchTop]),
    ...against(alone, [objects(stepFirst), alone]),
    ...against(kernelTop, [await kernel(random), await kernel(mix), await kernel(topOfDiffering)]),
    ...against(kernelTradeoff, [await kernel(await bestOfTradeoff()), kernelTradeoff]),
  ];
}

async function bestOfTradeoff(): Promise<Task> {
  return { name: "optimal 3 of 10, lts-tradeoff", world: tradeoff, policy: policies.optimal(await solve(tradeoff)) };
}

function against(baseline: Candidate, candidates: readonly Candidate[]): Entry[] {
  return candidates.map((candidate) => ({ candidate, baseline }));
}
