import { isPlainRecord } from "../check/json.js";
import { expectedMistake, objectMistake, oneOfMistake } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { RESERVED_NAMES, RESERVED_SERIES, totalName } from "../statistics/metrics.js";
import { seriesName, type Metric, type NamedMetrics } from "./metrics.js";

const MAX_METRICS = 64;

/** The functions of each kind of metric. */
const FUNCTIONS = {
  sum: ["value"],
  mean: ["value"],
  last: ["value"],
  episode: ["begin", "add", "value"],
  ratio: ["numerator", "denominator"],
} as const;

const FIELDS = ["kind", "series", "label", "unit", "value", "begin", "add", "numerator", "denominator"];

/** Tables that `metricsOnce` has read: a list passed by a caller is none. */
const tables = new WeakSet<object>();

/** Reads each metric of a table once; returns anything else unchanged, for `metricMistakes` to refuse. */
export function metricsOnce(field: string, given: unknown): NamedMetrics {
  if (given === undefined) return tableOf([]);
  if (!isPlainRecord(given)) return given as NamedMetrics;
  const read = Object.entries(readOnce(field, given)).map(([name, metric]) => {
    const unread = objectMistake("", metric) !== undefined;
    return [name, (unread ? metric : metricOnce(`${field}.${name}`, metric as object)) as Metric<never>] as const;
  });
  return tableOf(read);
}

function tableOf(metrics: NamedMetrics): NamedMetrics {
  tables.add(metrics);
  return metrics;
}

/** Reads the fields of a metric once, and binds its functions. */
function metricOnce(field: string, given: object): object {
  const read = Object.entries(readOnce(field, given as Record<string, unknown>, FIELDS));
  const bound = read.map(([name, value]) => [name, typeof value === "function" ? value.bind(given) : value] as const);
  return Object.fromEntries(bound);
}

/** Returns the errors in metrics that are added to those in `taken`. */
export function metricMistakes(
  field: string,
  given: NamedMetrics,
  taken: NamedMetrics,
  rewardName?: string,
): (string | undefined)[] {
  if (!tables.has(given)) return [expectedMistake(field, "an object with a metric for each name", given)];
  if (given.length > MAX_METRICS) return [expectedMistake(field, `at most ${MAX_METRICS} metrics`, given.length)];
  const single = given.flatMap(([name, metric]) => oneMetricMistakes(`${field}.${name}`, metric));
  return [...single, ...nameMistakes(field, given, taken, rewardName)];
}

/** Returns the errors in names that are taken; those of metrics that are none have no series. */
function nameMistakes(
  field: string,
  given: NamedMetrics,
  taken: NamedMetrics,
  rewardName: string | undefined,
): (string | undefined)[] {
  const total = rewardName === undefined ? [] : [totalName(rewardName)];
  const names = new Set([...RESERVED_NAMES, ...total, ...taken.map(([name]) => name)]);
  const reward = rewardName === undefined ? [] : [rewardName];
  const series = [...RESERVED_SERIES, ...reward, ...taken.flatMap(([name, metric]) => seriesName(name, metric) ?? [])];
  return given.flatMap(([name, metric], place) => {
    const own = soundSeries(name, metric);
    const earlier = given.slice(0, place).flatMap(([each, other]) => soundSeries(each, other) ?? []);
    return [
      name === "" || names.has(name) ? expectedMistake(field, "names that no other metric has", name) : undefined,
      own !== undefined && [...series, ...earlier].includes(own)
        ? expectedMistake(`${field}.${name}.series`, "a name that no other series has, or false", own)
        : undefined,
    ];
  });
}

function soundSeries(name: string, metric: Metric<never>): string | undefined {
  return oneMetricMistakes("", metric).every((mistake) => mistake === undefined) ? seriesName(name, metric) : undefined;
}

function oneMetricMistakes(field: string, metric: unknown): (string | undefined)[] {
  const noObject = objectMistake(field, metric);
  if (noObject !== undefined) return [noObject];
  const { kind, series, label, unit } = metric as Readonly<Record<string, unknown>>;
  const unknown = oneOfMistake(`${field}.kind`, kind, Object.keys(FUNCTIONS));
  if (unknown !== undefined) return [unknown];
  const perStep = kind === "sum" || kind === "mean" || kind === "last";
  const named = typeof series === "boolean" || (typeof series === "string" && series !== "");
  return [
    ...FUNCTIONS[kind as keyof typeof FUNCTIONS].map((name) => {
      const method: unknown = Reflect.get(metric as object, name);
      return typeof method === "function" ? undefined : expectedMistake(`${field}.${name}`, "a function", method);
    }),
    perStep && !named
      ? expectedMistake(`${field}.series`, "a text that is not empty, true or false", series)
      : undefined,
    !perStep && series !== undefined
      ? expectedMistake(`${field}.series`, `nothing, as the kind "${kind as string}" has none`, series)
      : undefined,
    textMistake(`${field}.label`, label),
    textMistake(`${field}.unit`, unit),
  ];
}

function textMistake(field: string, text: unknown): string | undefined {
  const legal = text === undefined || (typeof text === "string" && text !== "");
  return legal ? undefined : expectedMistake(field, "a text that is not empty", text);
}
