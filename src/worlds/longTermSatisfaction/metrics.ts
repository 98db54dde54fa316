import type { MetricStep } from "../../world/metrics.js";
import { metrics } from "../../world/metricKinds.js";
import type { LtsState } from "./ltsUser.js";
import type { LtsTypes } from "./types.js";

type Step = MetricStep<LtsTypes, LtsState>;

/** In the order in which the kernel keeps their sums: see kernel/tally.ts. */
export const ltsMetrics = {
  finalSatisfaction: metrics.last(({ state }: Step) => state.satisfaction, {
    series: "satisfaction",
    label: "final satisfaction",
  }),
  finalExposure: metrics.last(({ state }: Step) => state.exposure, { series: false, label: "final exposure" }),
  clickedEducativeness: metrics.ratio(
    ({ clicked }: Step) => clicked?.educativeness ?? 0,
    ({ clicked }: Step) => (clicked === undefined ? 0 : 1),
    { label: "educativeness of clicks" },
  ),
} as const;
