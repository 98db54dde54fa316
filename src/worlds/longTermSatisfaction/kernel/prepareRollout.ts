import { writeCorpus } from "./enterWorld.js";
import { mostEducationalOf, RULES, type Policy } from "../../../policies/policy.js";
import { selectSlate } from "../../../policies/selectSlate.js";
import { POLICY_STREAM, wordSource } from "../../../random/address.js";
import type { Key } from "../../../random/seedKey.js";
import type { LongTermSatisfactionWorld } from "../world.js";
import type { Estimator } from "../../../statistics/estimator.js";
import type { KernelExports } from "./kernelExports.js";

/** Readies a kernel that has entered its world for rollouts under a policy. */
export function prepareRollout(
  kernel: KernelExports,
  { parameters }: LongTermSatisfactionWorld,
  key: Key,
  policy: Policy,
  steps: number,
  estimator: Estimator,
): void {
  const { slateSize, resample } = parameters;
  kernel.prepareRollout(
    RULES.indexOf(policy.rule),
    mostEducationalOf(policy, slateSize),
    steps,
    estimator === "expected",
  );
  if (resample !== "never") return;
  const corpus = writeCorpus(kernel, parameters, key).map((document) => document.educativeness);
  const slate = selectSlate(policy, corpus, slateSize, wordSource(key, POLICY_STREAM, 0), 0);
  new Int32Array(kernel.memory.buffer, kernel.sharedSlatePointer(), slateSize).set(slate);
}
