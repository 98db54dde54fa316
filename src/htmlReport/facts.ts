import type { FigureTable } from "../charts/figure.js";
import type { ReadResult } from "../charts/readResult.js";
import { placeOf, policiesIn } from "../charts/sweptCells.js";

/** Characters of a value: of longer ones, such as tables of users, the beginning. */
const MAX_LENGTH = 400;

const HEADER = [
  "scenario",
  "world",
  "policy",
  "users",
  "firstUser",
  "steps",
  "seed",
  "engine",
  "estimator",
  "discount",
  "warmUp",
  "streamVersion",
  "digest",
];

/** Returns all that a result depends on, and the digests that say which episodes it is of. */
export function factsOf(result: ReadResult): FigureTable {
  return { titles: ["name", "value"], rows: rowsOf(result) };
}

function rowsOf({ kind, of }: ReadResult): string[][] {
  switch (kind) {
    case "solutions":
      return cellFacts(of);
    case "comparison":
      return comparisonFacts(of);
    case "sweep":
      return sweepFacts(of);
    default:
      return factsIn(of);
  }
}

/** Returns the experiment of a result of the command line as JSON, which `--config` runs again; undefined where a result has none. */
export function experimentText({ of }: ReadResult): string | undefined {
  const { config } = of as { readonly config?: unknown };
  return config === undefined ? undefined : JSON.stringify(config);
}

function comparisonFacts(comparison: Extract<ReadResult, { kind: "comparison" }>["of"]): string[][] {
  const ofPolicies = comparison.policies.flatMap(({ policy, digest, parameters }) => [
    [`digest of ${policy}`, digest],
    ...parametersIn(parameters).map(([name, value]) => [`${name} of ${policy}`, value!]),
  ]);
  return [...factsIn(comparison), ...ofPolicies];
}

function cellFacts(cells: Extract<ReadResult, { kind: "solutions" }>["of"]): string[][] {
  const varied = Object.keys(cells[0]!.at);
  return factsIn(cells[0]!.solution).filter(([name]) => name !== "world" && !varied.includes(name!));
}

/** Returns what all cells share, the values that vary, and the digests of each cell. */
function sweepFacts(sweep: Extract<ReadResult, { kind: "sweep" }>["of"]): string[][] {
  const { cells } = sweep;
  const different = (of: (cell: (typeof cells)[number]) => unknown): string =>
    [...new Set(cells.map(of))].map(String).join(", ");
  const digests = cells.map((cell) => [
    `digests at ${placeOf(cell, Object.keys(cell.at))}, seed ${cell.seed}`,
    cell.policies.map(({ policy, digest }) => `${policy} ${digest}`).join(", "),
  ]);
  return [
    ["scenario", different(({ scenario }) => scenario)],
    ["steps", different(({ steps }) => steps)],
    ["seeds", different(({ seed }) => seed)],
    ["policies", policiesIn(cells).join(", ")],
    ["baseline", sweep.baseline],
    ...Object.keys(cells[0]!.at).map((name) => [`values of ${name}`, different(({ at }) => at[name])]),
    ...factsIn(sweep),
    ...digests,
  ];
}

function factsIn(result: object): string[][] {
  const { settings, ...given } = result as Readonly<Record<string, unknown>>;
  const { parameters, ...named } = { ...given, ...(settings as object | undefined) } as Readonly<
    Record<string, unknown>
  >;
  const names =
    settings === undefined ? HEADER : Object.keys(settings as object).filter((name) => name !== "parameters");
  const rows = names.filter((name) => named[name] !== undefined).map((name) => [name, valueText(named[name])]);
  return [...rows, ...parametersIn(parameters)];
}

function parametersIn(parameters: unknown): string[][] {
  if (parameters === undefined) return [];
  const isRecord = typeof parameters === "object" && parameters !== null && !Array.isArray(parameters);
  if (!isRecord) return [["parameters", valueText(parameters)]];
  return Object.entries(parameters).map(([name, value]) => [name, valueText(value)]);
}

function valueText(value: unknown): string {
  const text = typeof value === "string" ? value : writtenText(value);
  const characters = Array.from(text.slice(0, 2 * MAX_LENGTH));
  return characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH).join("")}…` : characters.join("");
}

/** Infinities inside of values are texts, as in the JSON of results. */
function writtenText(value: unknown): string {
  if (typeof value === "number") return String(value);
  return (
    JSON.stringify(value, (_, part: unknown) => (Math.abs(part as number) === Infinity ? String(part) : part)) ?? "–"
  );
}
