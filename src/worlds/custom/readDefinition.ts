import { didYouMean } from "../../check/didYouMean.js";
import { plainDataMistake } from "../../check/exactJson.js";
import { InvalidInput } from "../../check/invalidInput.js";
import {
  expectedMistake,
  numberMistake,
  objectMistake,
  oneOfMistake,
  unknownFieldMistakes,
} from "../../check/mistakes.js";
import { plainOnce } from "../../check/plainOnce.js";
import { readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import { isPackageModel, type ChoiceModel } from "../../choice/choiceModel.js";
import { isSpace } from "../../spaces/records.js";
import type { NamedMetrics } from "../../world/metrics.js";
import { metricMistakes, metricsOnce } from "../../world/metricMistakes.js";
import { controlMistakes } from "./customControl.js";
import type { WorldDefinition } from "./definition.js";

type AnyDefinition = WorldDefinition<unknown, unknown, unknown, unknown, unknown, unknown>;

const FIELDS = {
  required: ["name", "slateSize", "numCandidates", "documents", "users", "choice", "responses", "reward"],
  optional: ["version", "parameters", "resample", "timeBudget", "metrics", "controlVariates"],
} as const;

/** Required and optional functions of each part. */
const METHODS = {
  documents: { required: ["sample"], optional: ["observe", "rank"] },
  users: {
    required: ["sample", "observe", "scoreDocument", "transition"],
    optional: ["isTerminal", "expectedReward"],
  },
  choice: { required: ["probabilities"], optional: [] },
  responses: { required: ["respond"], optional: [] },
  controlVariates: { required: ["features", "nextFeatures"], optional: ["terms"] },
} as const;

/** Fields of parts that have no space. */
const FIELDS_OF_PARTS: Readonly<Record<string, readonly string[]>> = {
  choice: [],
  controlVariates: ["initialMeans", "numTerms"],
};

/** Reads a definition once, with its metrics. Throws `InvalidInput` with every error at once. */
export function readDefinition<Definition extends { readonly metrics?: unknown }>(
  given: Definition,
): { readonly definition: Definition; readonly metrics: NamedMetrics } {
  refuse([objectMistake("world", given)]);
  const [definition, unreadable] = definitionOnce(given);
  const metrics = metricsOnce("metrics", definition.metrics);
  refuse([...definitionMistakes(definition as unknown as AnyDefinition, metrics), ...unreadable]);
  return { definition, metrics };
}

/** Reads the definition once, so that later changes to the caller's object do not change the world. */
function definitionOnce<Definition extends object>(given: Definition): [Definition, readonly string[]] {
  const definition: Record<string, unknown> = readOnce("world", given as never, [
    ...FIELDS.required,
    ...FIELDS.optional,
  ]);
  const misspelt: string[] = [];
  for (const [part, { required, optional }] of Object.entries(METHODS)) {
    const owner: unknown = definition[part];
    if (owner === undefined && part === "controlVariates") continue;
    if (objectMistake(part, owner) !== undefined || isPackageModel(owner as ChoiceModel)) continue;
    const names = [...(FIELDS_OF_PARTS[part] ?? ["space"]), ...required, ...optional];
    const read = readOnce(part, owner as Record<string, unknown>, names);
    misspelt.push(...misspeltMistakes(part, read, names));
    definition[part] = boundFields(read, owner as object, names);
  }
  definition["reward"] = bound(definition["reward"], given);
  const { parameters = null, ...rest } = definition;
  try {
    return [{ ...rest, parameters: plainOnce("parameters", parameters) } as unknown as Definition, misspelt];
  } catch (error) {
    if (error instanceof InvalidInput) return [rest as Definition, [...misspelt, ...error.errors]];
    throw error;
  }
}

/** Returns the fields of a part that was read, its methods bound. */
function boundFields(read: Readonly<Record<string, unknown>>, owner: object, names: readonly string[]): object {
  const has = names.filter((name) => read[name] !== undefined);
  return Object.fromEntries(has.map((name) => [name, bound(read[name], owner)]));
}

/** Returns errors for functions whose name is nearly that of one that is left out; a part may have others for itself. */
function misspeltMistakes(part: string, read: Readonly<Record<string, unknown>>, names: readonly string[]): string[] {
  const leftOut = names.filter((name) => read[name] === undefined);
  const others = Object.keys(read).filter((name) => !names.includes(name) && typeof read[name] === "function");
  return others.flatMap((name) => {
    const meant = didYouMean(name, leftOut);
    return meant === "" ? [] : [`"${part}.${name}" is not a function of a world${meant}`];
  });
}

function bound(method: unknown, owner: object): unknown {
  return typeof method === "function" ? Function.prototype.bind.call(method, owner) : method;
}

function definitionMistakes(definition: AnyDefinition, metrics: NamedMetrics): (string | undefined)[] {
  const { name, version = 1, slateSize, numCandidates, resample = "step", timeBudget = 1 } = definition;
  const { parameters = null, reward } = definition;
  const fewest = typeof slateSize === "number" && slateSize > 1 ? slateSize : 1;
  return [
    ...unknownFieldMistakes("part of a world", definition, [...FIELDS.required, ...FIELDS.optional]),
    typeof name === "string" && name !== "" ? undefined : expectedMistake("name", "a text that is not empty", name),
    numberMistake("version", version, { min: 1, max: 2 ** 32 - 1, integer: true }),
    plainDataMistake("parameters", parameters),
    numberMistake("slateSize", slateSize, { min: 1, max: 16_384, integer: true }),
    numberMistake("numCandidates", numCandidates, { min: fewest, max: 32_768, integer: true }),
    oneOfMistake("resample", resample, ["step", "episode", "never"]),
    numberMistake("timeBudget", timeBudget, { min: 1, max: 65_536, integer: true }),
    functionMistake("reward", reward),
    ...metricMistakes("metrics", metrics, []),
    ...Object.keys(METHODS).flatMap((part) => partMistakes(definition, part as keyof typeof METHODS)),
  ];
}

function partMistakes(definition: AnyDefinition, part: keyof typeof METHODS): (string | undefined)[] {
  const given: object | undefined = definition[part];
  if (given === undefined && part === "controlVariates") return [];
  const noObject = objectMistake(part, given);
  if (noObject !== undefined) return [noObject];
  const { required, optional } = METHODS[part];
  const method = (name: string): unknown => Reflect.get(given!, name);
  const needsSpace = FIELDS_OF_PARTS[part] === undefined;
  return [
    !needsSpace || isSpace(method("space")) ? undefined : expectedMistake(`${part}.space`, "a space", method("space")),
    ...required.map((name) => functionMistake(`${part}.${name}`, method(name))),
    ...optional.map((name) => functionMistake(`${part}.${name}`, method(name) ?? (() => {}))),
    ...(part === "controlVariates" ? controlMistakes(given, definition.users?.expectedReward !== undefined) : []),
  ];
}

function functionMistake(field: string, value: unknown): string | undefined {
  return typeof value === "function" ? undefined : expectedMistake(field, "a function", value);
}
