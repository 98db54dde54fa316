import { encodeJson } from "../../check/exactJson.js";
import { printedAs, shortName } from "../../check/shortName.js";
import { hash64 } from "../../numeric/hash64.js";
import { observedCopy } from "../../spaces/observedCopy.js";
import { checkedNumber } from "../../world/reward.js";
import { observedFields, type DocumentFields } from "../../world/documentOrder.js";
import type { ActiveUser } from "../../world/episode.js";
import type { KernelProgram } from "../../world/kernelProgram.js";
import { register, type World } from "../../world/world.js";
import type { WorldTypes } from "../../world/worldTypes.js";
import { candidatesUnder } from "./customCandidates.js";
import { customControl } from "./customControl.js";
import { CustomUser } from "./customUser.js";
import type { ControlModel, CustomTypes, CustomWorld, DocumentSampler, WorldDefinition } from "./definition.js";
import { readDefinition } from "./readDefinition.js";

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
  /** Fields by which policies may rank documents. */
  readonly documentFields: DocumentFields<T["document"]>;
}

/** Creates a custom world, with a kernel if its code is known. */
export function customWorld<State, User, Document, Doc, Response, Metrics>(
  given: WorldDefinition<State, User, Document, Doc, Response, Metrics>,
  code?: WorldCode<CustomTypes<User, Doc, Response, Document, Metrics>>,
): CustomWorld<CustomTypes<User, Doc, Response, Document, Metrics>> {
  const { definition, metrics } = readDefinition(given);
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
    hasScores: true,
    documentFields:
      code?.documentFields ?? observedFields(documents.space, (document) => observed(documents, document)),
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

/** Returns the observation of a document: the document itself if the sampler has no `observe`. */
function observed<Document, Doc, State>(sampler: DocumentSampler<Document, Doc, State>, document: Document): Doc {
  const doc = sampler.observe ? sampler.observe(document) : (document as unknown as Doc);
  return observedCopy(doc, sampler.observe ? "documents.observe" : "documents.sample");
}
