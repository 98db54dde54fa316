import type { FigureTable } from "../charts/figure.js";
import type { ReadResult } from "../charts/readResult.js";

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
export function factsOf({ kind, of }: ReadResult): FigureTable {
  const rows = kind === "solutions" ? cellFacts(of) : kind === "comparison" ? comparisonFacts(of) : factsIn(of);
  return { titles: ["name", "value"], rows };
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
  const text =
    typeof value === "string"
      ? value
      : JSON.stringify(value, (_, part: unknown) =>
          typeof part === "number" && !Number.isFinite(part) ? String(part) : part,
        );
  const characters = [...(text ?? "–").slice(0, 2 * MAX_LENGTH)];
  return characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH).join("")}…` : characters.join("");
}
