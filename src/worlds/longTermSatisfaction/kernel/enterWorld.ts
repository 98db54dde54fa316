import type { Key } from "../../../random/seedKey.js";
import { sharedCorpus } from "../documents.js";
import { equationTerms } from "../equations.js";
import { RESAMPLE, type CorpusDocument, type Parameters } from "../parameters.js";
import { noClickWeightOf, observationMass, startWidth } from "../user.js";
import type { LongTermSatisfactionWorld } from "../world.js";
import type { KernelExports } from "./kernelExports.js";

/** In the order of the numbers by which kernel/world.ts knows them. */
const CHOICES = ["logit", "first"] as const;

/** Tells a kernel which world it lives in and under which key. */
export function enterWorld(kernel: KernelExports, { parameters }: LongTermSatisfactionWorld, key: Key): void {
  const { slateSize, numCandidates, numClusters, timeBudget, resample } = parameters;
  const choiceModel = CHOICES.indexOf(equationTerms(parameters).choice);
  kernel.setShape(slateSize, numCandidates, numClusters, timeBudget, RESAMPLE.indexOf(resample), choiceModel);
  kernel.setKey(key.key0, key.key1);
  doubles(kernel, kernel.parametersPointer(), 12).set(kernelParameters(parameters));
}

/** In the order of the table in kernel/world.ts. */
function kernelParameters(parameters: Parameters): number[] {
  const terms = equationTerms(parameters);
  return [
    parameters.memoryDiscount,
    terms.exposureDrift,
    parameters.innovationStddev,
    parameters.sensitivity,
    terms.logMeanAtOne,
    terms.logMeanAtZero,
    terms.logStddevAtOne,
    terms.logStddevAtZero,
    noClickWeightOf(parameters.noClickLogit),
    startWidth(parameters),
    parameters.observationNoiseStddev,
    observationMass(parameters),
  ];
}

/** Readies a kernel that has entered its world for `users` lives at once, looked at and led from outside. */
export function prepareBatch(
  kernel: KernelExports,
  { parameters }: LongTermSatisfactionWorld,
  key: Key,
  users: number,
): void {
  kernel.prepareBatch(users);
  if (parameters.resample === "never") showSharedClusters(kernel, writeCorpus(kernel, parameters, key));
}

/** Writes the corpus that all users share, and returns it. */
export function writeCorpus(kernel: KernelExports, parameters: Parameters, key: Key): readonly CorpusDocument[] {
  const corpus = sharedCorpus(parameters, key);
  const educativeness = corpus.map((document) => document.educativeness);
  doubles(kernel, kernel.corpusPointer(), corpus.length).set(educativeness);
  return corpus;
}

/** The kernel shows the clusters of drawn documents only; those of a shared corpus stay where they are written once. */
function showSharedClusters(kernel: KernelExports, corpus: readonly CorpusDocument[]): void {
  const stride = kernel.batchStride();
  const clusters = new Uint8Array(kernel.memory.buffer, kernel.clustersPointer(), stride * corpus.length);
  corpus.forEach(({ clusterId }, position) => clusters.fill(clusterId, position * stride, (position + 1) * stride));
}

/** A view of `length` doubles; good until the kernel's memory grows. */
export function doubles(kernel: KernelExports, pointer: number, length: number): Float64Array {
  return new Float64Array(kernel.memory.buffer, pointer, length);
}
