// Worlds whose users differ: by distributions of every kind, and by rows of a table.
import type { Parameters } from "../../src/index.js";

export const differing: Readonly<Record<string, Partial<Parameters>>> = {
  "one parameter": { sensitivity: { distribution: "uniform", min: 0.01, max: 0.2 } },
  "state and engagement": {
    memoryDiscount: { distribution: "uniform", min: 0.5, max: 0.95 },
    sensitivity: { distribution: "beta", alpha: 2, beta: 0.5, max: 0.3 },
    innovationStddev: { distribution: "logNormal", logMean: -3, logStddev: 0.3, max: 1 },
    memeEngagementLogMean: { distribution: "normal", mean: 5, stddev: 0.2 },
    memeEngagementLogStddev: { distribution: "discrete", values: [0.5, 1, 1.5], weights: [1, 0, 2] },
    educationalEngagementLogMean: { distribution: "normal", mean: 4, stddev: 1, min: 3, max: 4.5 },
    educationalEngagementLogStddev: { distribution: "beta", alpha: 1, beta: 3 },
  },
  episodes: { timeBudget: { distribution: "discrete", values: [1, 3, 7, 9] } },
  "episodes without clicks": {
    timeBudget: { distribution: "uniform", min: 1, max: 9 },
    noClickLogit: 0,
    slateSize: 2,
    resample: "episode",
  },
  "a table": {
    users: [
      { sensitivity: 0.1, timeBudget: 5 },
      { sensitivity: 0.2, timeBudget: 9 },
      { sensitivity: 0, timeBudget: 1 },
    ],
    resample: "never",
  },
  "columns beside a distribution": {
    users: { columns: { memoryDiscount: Float64Array.of(0.5, 0.9), memeEngagementLogMean: [4, 5] } },
    innovationStddev: { distribution: "uniform", min: 0, max: 0.1 },
    timeBudget: 9,
  },
};
