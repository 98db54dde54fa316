// Parameters of the world: numbers that TypeScript writes and the stages read.

/** f64[4], written by src/worlds/longTermSatisfaction/kernel/enterWorld.ts in this order; `equations` is spelt out in them. */
export const PARAMETERS: usize = memory.data(32, 16);
/** Weight of (k - 1/2) in the exposure: +2 or -2. */
export const EXPOSURE_DRIFT: usize = PARAMETERS;
/** e^(noClickLogit - 1/2): choice weights are e^(1/2 - k), the logit 1 - k less one half. */
export const NO_CLICK_WEIGHT: usize = PARAMETERS + 8;
export const OBSERVATION_STDDEV: usize = PARAMETERS + 16;
/** Probability that a normal draw of that deviation falls within ±1. */
export const OBSERVATION_MASS: usize = PARAMETERS + 24;

export const RESAMPLE_STEP: i32 = 0;
export const RESAMPLE_EPISODE: i32 = 1;
export const RESAMPLE_NEVER: i32 = 2;

export const POLICY_FIRST: i32 = 0;
export const POLICY_MIX: i32 = 1;
export const POLICY_RANDOM: i32 = 2;
export const POLICY_OPTIMAL: i32 = 3;

export const CHOOSE_LOGIT: i32 = 0;
export const CHOOSE_FIRST: i32 = 1;

export let slateSize: i32 = 0;
export let numCandidates: i32 = 0;
export let numClusters: i32 = 0;
export let resample: i32 = 0;
export let choiceModel: i32 = 0;

export function setShape(
  slateSize_: i32,
  numCandidates_: i32,
  numClusters_: i32,
  resample_: i32,
  choiceModel_: i32,
): void {
  slateSize = slateSize_;
  numCandidates = numCandidates_;
  numClusters = numClusters_;
  resample = resample_;
  choiceModel = choiceModel_;
}
