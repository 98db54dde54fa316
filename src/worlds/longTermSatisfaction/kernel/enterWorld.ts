import { countFromTop } from "../../../policies/policies.js";
import { selectSlate } from "../../../policies/selectSlate.js";
import { POLICY_STREAM, wordSource } from "../../../random/address.js";
import type { Key } from "../../../random/seedKey.js";
import { TILE_USERS } from "../../../statistics/blocks.js";
import { ESTIMATORS } from "../../../statistics/estimator.js";
import type { EngineOptions } from "../../../world/blockEngine.js";
import { RULES, type BuiltInPolicy } from "../../../world/policy.js";
import { sharedCorpus } from "../documents.js";
import { choiceUnder, driftUnder } from "../equations.js";
import { RESAMPLE, type CorpusDocument, type Parameters } from "../parameters.js";
import { episodesDiffer } from "../plainParameters.js";
import { noClickWeightOf, observationMass } from "../model.js";
import type { SlatePlan } from "../../../world/slatePlan.js";
import type { KernelExports } from "./kernelExports.js";
import { UserRows } from "./userRows.js";

/** In the order of the numbers by which kernel/world.ts knows them. */
const CHOICES = ["logit", "first"] as const;

/** Writes the world and the key into a kernel. */
export function enterWorld(kernel: KernelExports, parameters: Parameters, key: Key): void {
  const { equations, slateSize, numCandidates, numClusters, resample } = parameters;
  const choiceModel = CHOICES.indexOf(choiceUnder(equations));
  kernel.setShape(slateSize, numCandidates, numClusters, RESAMPLE.indexOf(resample), choiceModel);
  kernel.setKey(key.key0, key.key1);
  doubles(kernel, kernel.parametersPointer(), 4).set(kernelParameters(parameters));
}

/** In the order of the table in kernel/world.ts. */
function kernelParameters(parameters: Parameters): number[] {
  const { equations, noClickLogit, observationNoiseStddev } = parameters;
  return [driftUnder(equations), noClickWeightOf(noClickLogit), observationNoiseStddev, observationMass(parameters)];
}

/** Prepares a kernel that has its world for rollouts under a policy. Returns the parameters of its users. */
export function prepareRollout(
  kernel: KernelExports,
  parameters: Parameters,
  key: Key,
  policy: BuiltInPolicy,
  { steps, estimator, weights }: Pick<EngineOptions, "steps" | "estimator" | "weights">,
): UserRows {
  const { slateSize, resample } = parameters;
  const fromTop = countFromTop(policy, slateSize);
  const [rule, returns] = [RULES.indexOf(policy.rule), ESTIMATORS.indexOf(estimator)];
  kernel.prepareRollout(rule, fromTop, steps, returns, weights.warmUp, episodesDiffer(parameters));
  const own = new UserRows(kernel, parameters, key, TILE_USERS); // may grow memory, as the plan may, so before any view
  if (policy.plan !== undefined) writePlan(kernel, policy.plan);
  doubles(kernel, kernel.weightsPointer(), steps).set(weights.perStep);
  if (resample !== "never") return own;
  const corpus = writeCorpus(kernel, parameters, key).map((document) => document.educativeness);
  const slate = selectSlate(policy, corpus, slateSize, wordSource(key, POLICY_STREAM, 0), 0);
  new Int32Array(kernel.memory.buffer, kernel.sharedSlatePointer(), slateSize).set(slate);
  return own;
}

function writePlan(kernel: KernelExports, plan: SlatePlan): void {
  const { mixes, tableOf, leastState, cellsPerUnit, cells, mixIsBest, tables } = plan;
  kernel.preparePlan(mixes.length, mixIsBest.length / cells, cells);
  const { buffer } = kernel.memory; // which that may have replaced
  doubles(kernel, kernel.planRangePointer(), 2).set([leastState, cellsPerUnit]);
  doubles(kernel, kernel.planTablesPointer(), tables.length).set(tables);
  new Int32Array(buffer, kernel.planMixesPointer(), mixes.length).set(mixes);
  new Int32Array(buffer, kernel.planTableOfPointer(), tableOf.length).set(tableOf);
  new Uint8Array(buffer, kernel.planCellsPointer(), mixIsBest.length).set(mixIsBest);
}

/** Prepares a kernel that has its world for `users` users at once, whose slates TypeScript provides. Returns the users' parameters. */
export function prepareBatch(kernel: KernelExports, parameters: Parameters, key: Key, users: number): UserRows {
  kernel.prepareBatch(users);
  const own = new UserRows(kernel, parameters, key, users);
  if (parameters.resample === "never") showSharedClusters(kernel, writeCorpus(kernel, parameters, key));
  return own;
}

/** Writes the corpus that all users share, and returns it. */
function writeCorpus(kernel: KernelExports, parameters: Parameters, key: Key): readonly CorpusDocument[] {
  const corpus = sharedCorpus(parameters, key);
  const educativeness = corpus.map((document) => document.educativeness);
  doubles(kernel, kernel.corpusPointer(), corpus.length).set(educativeness);
  return corpus;
}

/** Writes the clusters of a shared corpus once; the kernel writes those of drawn documents only. */
function showSharedClusters(kernel: KernelExports, corpus: readonly CorpusDocument[]): void {
  const stride = kernel.batchStride();
  const clusters = new Uint8Array(kernel.memory.buffer, kernel.clustersPointer(), stride * corpus.length);
  corpus.forEach(({ clusterId }, position) => clusters.fill(clusterId, position * stride, (position + 1) * stride));
}

/** Returns a view of `length` doubles; valid until the kernel's memory grows. */
export function doubles(kernel: KernelExports, pointer: number, length: number): Float64Array {
  return new Float64Array(kernel.memory.buffer, pointer, length);
}
