import { objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import type { EpisodeMetric, MetricLabel, MetricStep, RatioMetric, StepMetric } from "./metrics.js";
import type { WorldTypes } from "./worldTypes.js";

/** Label and unit of a metric of steps, and its series. */
export interface StepOptions<SeriesName> extends MetricLabel {
  /** Name of the series per step; true for that of the metric, false for none. Default: true. */
  readonly series?: SeriesName;
}

/** The number that a metric reads off a step. */
export type Reading<Step> = (step: Step) => number;

/** A step of a world that is not known yet: TypeScript cannot infer it from the world in which a metric is written. */
// oxlint-disable-next-line typescript/no-explicit-any -- `unknown` would ask for a type at every reading
export type AnyStep = MetricStep<WorldTypes & { readonly document: any; readonly response: any }, any>;

/** Reads the options of a metric once. Throws `InvalidInput` unless they are an object with those fields. */
function optionsOnce<Options extends object>(given: Options, names: readonly string[]): Options {
  const options = readOnce("options", given, names);
  refuse([objectMistake("options", options)]);
  refuse(unknownFieldMistakes("metric option", options, names));
  return options;
}

function stepMetric(kind: StepMetric["kind"]) {
  return <Step = AnyStep, const SeriesName extends string | boolean = true>(
    value: Reading<Step>,
    options: StepOptions<SeriesName> = {},
  ): StepMetric<Step, NoInfer<SeriesName>> => {
    const { series = true as SeriesName, ...label } = optionsOnce(options, ["series", "label", "unit"]);
    return Object.freeze({ kind, value, series, ...label }) as StepMetric<Step, SeriesName>;
  };
}

function ratio<Step = AnyStep>(
  numerator: Reading<Step>,
  denominator: Reading<Step>,
  label: MetricLabel = {},
): RatioMetric<Step> {
  return Object.freeze({ kind: "ratio", numerator, denominator, ...optionsOnce(label, ["label", "unit"]) });
}

function episode<Step = AnyStep, Accumulator = unknown>(
  parts: Omit<EpisodeMetric<Step, Accumulator>, "kind">,
): EpisodeMetric<Step, Accumulator> {
  return Object.freeze({ ...optionsOnce(parts, ["begin", "add", "value", "label", "unit"]), kind: "episode" });
}

/** A step in which only documents matter. */
export type DocumentStep<Document> = Pick<MetricStep, "choice"> & {
  readonly slate: readonly Document[];
  readonly clicked: Document | undefined;
};

/** A step in which only the click matters. */
export interface ClickStep {
  readonly choice: number;
  readonly slate: { readonly length: number };
}

const clicks = ({ choice, slate }: ClickStep): number => (choice < slate.length ? 1 : 0);

/** Ways to make metrics for a world, or for the option `metrics` of a run; the last five are RecSim's and the field's own. */
export const metrics = Object.freeze({
  /** Summed over an episode. */
  sum: stepMetric("sum"),
  /** Averaged over an episode; 0 without a step that counts. */
  mean: stepMetric("mean"),
  /** As the last step of an episode left it; 0 without a step. */
  last: stepMetric("last"),
  /** A number for an episode, from an accumulator that sees every step. */
  episode,
  /** Σ numerator / Σ denominator over all steps, with a standard error clustered by user. */
  ratio,
  /** Share of the documents on slates that were clicked. */
  clickThroughRate: () => {
    return ratio(clicks, ({ slate }: ClickStep) => slate.length, { label: "click-through rate" });
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
  /** Share of the `kinds` kinds of documents on the slates of an episode. */
  catalogueCoverage: <Document>(kinds: number, kindOf: (document: Document) => unknown) => {
    return episode({
      label: "catalogue coverage",
      begin: () => new Set<unknown>(),
      add: (covered, { slate }: DocumentStep<Document>) => {
        for (const document of slate) covered.add(kindOf(document));
        return covered;
      },
      value: (covered) => covered.size / kinds,
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
