import { didYouMean } from "../../check/didYouMean.js";
import { escapeControls } from "../../check/escapeControls.js";
import { encodeJson, plainDataMistake } from "../../check/exactJson.js";
import { InvalidInput } from "../../check/invalidInput.js";
import {
  expectedMistake,
  numberMistake,
  objectMistake,
  oneOfMistake,
  unknownFieldMistakes,
} from "../../check/mistakes.js";
import { plainOnce } from "../../check/plainOnce.js";
import { reasonOf } from "../../check/reasonOf.js";
import { readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import { printedAs, shortName } from "../../check/shortName.js";
import { isPackageModel, type ChoiceModel } from "../../choice/choiceModel.js";
import { hash64 } from "../../numeric/hash64.js";
import { CORPUS_STREAM, wordSource, type WordSource } from "../../random/address.js";
import type { Key } from "../../random/seedKey.js";
import { isSpace } from "../../spaces/records.js";
import { observedCopy } from "../../spaces/observedCopy.js";
import type { NamedMetrics } from "../../world/metrics.js";
import { metricMistakes, metricsOnce } from "../../world/metricMistakes.js";
import { checkedNumber } from "../../world/reward.js";
import type { ActiveUser } from "../../world/episode.js";
import type { KernelProgram } from "../../world/kernelProgram.js";
import { register, type World } from "../../world/world.js";
import type { WorldTypes } from "../../world/worldTypes.js";
import type { Candidates } from "../../world/openWorld.js";
import { controlMistakes, customControl } from "./customControl.js";
import { CustomUser } from "./customUser.js";
import type { ControlModel, CustomTypes, CustomWorld, DocumentSampler, WorldDefinition } from "./definition.js";
import { drawsFor } from "./drawBlocks.js";

/**
 * Creates a custom world from its parts; it is accepted wherever built-in worlds are. Throws `InvalidInput` with every
 * error at once.
 */
export function defineWorld<
  State,
  User,
  Document,
  Doc = Document,
  Response = unknown,
  const Metrics = Readonly<Record<never, never>>,
>(
  given: WorldDefinition<State, User, Document, Doc, Response, Metrics>,
): CustomWorld<CustomTypes<User, Doc, Response, Document, Metrics>> {
  return customWorld(given);
}

/** The code behind a definition, where it is known. */
export interface WorldCode<T extends WorldTypes> {
  /** Hash of the code, which becomes a part of the world's. */
  readonly hash: string;
  /** Whether it is the caller's code; else it comes with the package, and the name of the world and its parameters say which it is. */
  readonly userDefined: boolean;
  /** A kernel of the same world; asked for when the world is made. */
  kernel(worldOf: () => World<T>): KernelProgram<T>;
  /** What batch policies and batch environments observe. */
  observeBatch(users: readonly ActiveUser<T>[]): T["batch"];
}

/** Creates a custom world, with a kernel if its code is known. */
export function customWorld<State, User, Document, Doc, Response, Metrics>(
  given: WorldDefinition<State, User, Document, Doc, Response, Metrics>,
  code?: WorldCode<CustomTypes<User, Doc, Response, Document, Metrics>>,
): CustomWorld<CustomTypes<User, Doc, Response, Document, Metrics>> {
  refuse([objectMistake("world", given)]);
  const [definition, unreadable] = definitionOnce(given);
  const metrics = metricsOnce("metrics", definition.metrics);
  refuse([...definitionMistakes(definition as unknown as AnyDefinition, metrics), ...unreadable]);
  const { name, version = 1, slateSize, numCandidates, timeBudget = Infinity, resample = "step" } = definition;
  const said = { name, version, slateSize, numCandidates, timeBudget: String(timeBudget), resample };
  const { parameters = null, documents, users, controlVariates } = definition;
  const control = controlVariates && customControl(controlVariates as ControlModel<unknown, Document>);
  const world: CustomWorld<CustomTypes<User, Doc, Response, Document, Metrics>> = {
    scenario: name,
    version,
    hash: hash64(encodeJson([said, parameters, ...(code ? [code.hash] : [])], "parameters")),
    parameters,
    slateSize,
    numCandidates,
    timeBudget,
    userSpace: users.space,
    documentSpace: documents.space,
    responseSpace: definition.responses.space,
    metrics: Object.freeze(Object.fromEntries(metrics)),
    userDefined: code?.userDefined ?? true,
    hasExpectedReward: users.expectedReward !== undefined,
    ...(control && { controlVariates: () => control }),
    ...(code && { kernel: code.kernel(() => world), observeBatch: (active) => code.observeBatch(active) }),
    observeDocument: (document) => observed(documents, document),
    ...(documents.rank && { rank: (document: Document) => checkedNumber("documents.rank", documents.rank!(document)) }),
    open: (key) => ({
      candidates: candidatesUnder(definition, key),
      user: (source) => new CustomUser(definition, source),
    }),
  };
  return register(
    printedAs(world, shortName("World", `${name} ${version}, slates of ${slateSize} of ${numCandidates}`)),
  );
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

/** Returns the observation of a document: the document itself if the sampler has no `observe`. */
function observed<Document, Doc, State>(sampler: DocumentSampler<Document, Doc, State>, document: Document): Doc {
  const doc = sampler.observe ? sampler.observe(document) : (document as unknown as Doc);
  return observedCopy(doc, sampler.observe ? "documents.observe" : "documents.sample");
}

type CandidateParts<Document, State> = Pick<
  WorldDefinition<State, unknown, Document, unknown, unknown, unknown>,
  "name" | "documents" | "numCandidates" | "resample"
>;

/** Returns a sampler of the candidates of any source of draws, under a seed's key. */
function candidatesUnder<State, Document, Doc>(
  { name, documents: sampler, numCandidates, resample = "step" }: CandidateParts<Document, State>,
  key: Key,
): (source: WordSource, user?: { readonly state: unknown }) => Candidates<Document, Doc> {
  const drawnAt = (step: number): number => (resample === "step" ? step : 0);
  type Owner = { readonly state: unknown } | undefined;
  const drawOne = (source: WordSource, owner: Owner, step: number, position: number): Document => {
    const state = resample === "step" ? (owner?.state as State) : undefined; // of candidates that stay, the state may have changed since
    return sampler.sample(drawsFor(source, "document", step, position), step * numCandidates + position, state);
  };
  const draw = (source: WordSource, owner: Owner, step: number): Document[] => {
    const documents: Document[] = []; // pushed, as `Array.from` takes many times as long
    for (let position = 0; position < numCandidates; position++) documents.push(drawOne(source, owner, step, position));
    return documents;
  };
  const corpus =
    resample === "never"
      ? sharedDocuments(name, () => draw(wordSource(key, CORPUS_STREAM, 0), undefined, 0))
      : undefined;
  return (source, owner) => ({
    documents: (step) => corpus ?? draw(source, owner, drawnAt(step)),
    document: (step, position) => (corpus ? corpus[position]! : drawOne(source, owner, drawnAt(step), position)),
    firstId: (step) => drawnAt(step) * numCandidates,
  });
}

/** Wraps an error of the sampler: no user and no step is to blame. */
function sharedDocuments<Document>(name: string, draw: () => Document[]): Document[] {
  try {
    return draw();
  } catch (error) {
    const reason = `world "${name}" failed to sample the documents that all users share: ${reasonOf(error)}`;
    throw new Error(escapeControls(reason), { cause: error });
  }
}

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
