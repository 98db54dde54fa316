import { readOnce } from "../check/readOnce.js";
import type { EpisodeMetric, MetricLabel, MetricStep, RatioMetric, StepMetric } from "./metrics.js";

/** How a metric of steps is shown, and whether it has a series. */
export interface StepOptions<SeriesName> extends MetricLabel {
  /** What the series per step is called; true: as the metric is; false: there is none. Default: true. */
  readonly series?: SeriesName;
}

/** The number that a metric reads off a step. */
export type Reading<Step> = (step: Step) => number;

function stepMetric(kind: StepMetric["kind"]) {
  return <Step, const SeriesName extends string | boolean = true>(
    value: Reading<Step>,
    options: StepOptions<SeriesName> = {},
  ): StepMetric<Step, NoInfer<SeriesName>> => {
    const { series = true as SeriesName, ...label } = readOnce("options", options, ["series", "label", "unit"]);
    return Object.freeze({ kind, value, series, ...label }) as StepMetric<Step, SeriesName>;
  };
}

function ratio<Step>(numerator: Reading<Step>, denominator: Reading<Step>, label: MetricLabel = {}): RatioMetric<Step> {
  return Object.freeze({ kind: "ratio", numerator, denominator, ...label });
}

function episode<Step, Accumulator>(
  parts: Omit<EpisodeMetric<Step, Accumulator>, "kind">,
): EpisodeMetric<Step, Accumulator> {
  return Object.freeze({ ...parts, kind: "episode" });
}

/** A step in which only documents matter. */
export type DocumentStep<Document> = Pick<MetricStep, "choice"> & {
  readonly slate: readonly Document[];
  readonly clicked: Document | undefined;
};

const clicks = ({ clicked }: DocumentStep<unknown>): number => (clicked === undefined ? 0 : 1);

/** Ways to make metrics for a world, or for the option `metrics` of a run; the last five are RecSim's and the field's own. */
export const metrics = Object.freeze({
  /** Summed over an episode. */
  sum: stepMetric("sum"),
  /** Averaged over an episode. */
  mean: stepMetric("mean"),
  /** As the last step of an episode left it; 0 without a step. */
  last: stepMetric("last"),
  /** A number for an episode, from an accumulator that sees every step. */
  episode,
  /** Σ numerator / Σ denominator over all steps, with a standard error clustered by user. */
  ratio,
  /** Share of the documents shown that were clicked. */
  clickThroughRate: () => {
    return ratio(clicks, ({ slate }: DocumentStep<unknown>) => slate.length, { label: "click-through rate" });
  },
  /** Clicks per episode on documents of one cluster. */
  clicksInCluster: <Document>(cluster: number, clusterOf: (document: Document) => number) => {
    const isClick = ({ clicked }: DocumentStep<Document>): number => {
      return clicked !== undefined && clusterOf(clicked) === cluster ? 1 : 0;
    };
    return stepMetric("sum")(isClick, { series: false, label: `clicks in cluster ${cluster}` });
  },
  /** Mean quality of the documents that were clicked. */
  clickedQuality: <Document>(qualityOf: (document: Document) => number) => {
    const quality = ({ clicked }: DocumentStep<Document>): number => (clicked === undefined ? 0 : qualityOf(clicked));
    return ratio(quality, clicks, { label: "quality of clicks" });
  },
  /** Share of the pairs of documents on a slate that differ in kind, averaged over an episode; 0 for slates of one. */
  slateDiversity: <Document>(kindOf: (document: Document) => unknown) => {
    const diversity = ({ slate }: DocumentStep<Document>): number => differingPairs(slate.map(kindOf));
    return stepMetric("mean")(diversity, { label: "slate diversity" });
  },
  /** Share of the `kinds` kinds of documents that an episode's slates have shown. */
  catalogueCoverage: <Document>(kinds: number, kindOf: (document: Document) => unknown) => {
    return episode({
      label: "catalogue coverage",
      begin: () => new Set<unknown>(),
      add: (shown, { slate }: DocumentStep<Document>) => {
        for (const document of slate) shown.add(kindOf(document));
        return shown;
      },
      value: (shown) => shown.size / kinds,
    });
  },
} as const);

function differingPairs(kinds: readonly unknown[]): number {
  const pairs = (kinds.length * (kinds.length - 1)) / 2;
  if (pairs === 0) return 0;
  let differing = 0;
  for (let a = 0; a < kinds.length; a++) {
    for (let b = a + 1; b < kinds.length; b++) if (kinds[a] !== kinds[b]) differing += 1;
  }
  return differing / pairs;
}
