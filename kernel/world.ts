// Parameters of the world: numbers that TypeScript writes once and the stages read.

/** f64[12], written by src/worlds/longTermSatisfaction/kernel/enterWorld.ts in this order; `equations` is spelt out in them. */
export const PARAMETERS: usize = memory.data(96, 16);
export const MEMORY_DISCOUNT: usize = PARAMETERS;
/** Weight of (k - 1/2) in the exposure: +2 or -2. */
export const EXPOSURE_DRIFT: usize = PARAMETERS + 8;
export const INNOVATION_STDDEV: usize = PARAMETERS + 16;
export const SENSITIVITY: usize = PARAMETERS + 24;
/** Log-engagement of a document with k = 1 and with k = 0, before satisfaction scales the mean. */
export const LOG_MEAN_ONE: usize = PARAMETERS + 32;
export const LOG_MEAN_ZERO: usize = PARAMETERS + 40;
export const LOG_STDDEV_ONE: usize = PARAMETERS + 48;
export const LOG_STDDEV_ZERO: usize = PARAMETERS + 56;
/** e^(noClickLogit - 1/2): choice weights are e^(1/2 - k), the logit 1 - k less one half. */
export const NO_CLICK_WEIGHT: usize = PARAMETERS + 64;
/** Width of the first exposure's range, 1 / (1 - memoryDiscount). */
export const START_WIDTH: usize = PARAMETERS + 72;
export const OBSERVATION_STDDEV: usize = PARAMETERS + 80;
/** Probability that a normal draw of that deviation falls within ±1. */
export const OBSERVATION_MASS: usize = PARAMETERS + 88;

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
export let timeBudget: i32 = 0;
export let resample: i32 = 0;
export let choiceModel: i32 = 0;

export function setShape(
  slateSize_: i32,
  numCandidates_: i32,
  numClusters_: i32,
  timeBudget_: i32,
  resample_: i32,
  choiceModel_: i32,
): void {
  slateSize = slateSize_;
  numCandidates = numCandidates_;
  numClusters = numClusters_;
  timeBudget = timeBudget_;
  resample = resample_;
  choiceModel = choiceModel_;
}
