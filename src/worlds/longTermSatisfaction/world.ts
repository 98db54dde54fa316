import { InvalidInput } from "../../check/invalidInput.js";
import { printedAs, shortName } from "../../check/shortName.js";
import { hash64 } from "../../numeric/hash64.js";
import type { NumberDistribution } from "../../random/distribution.js";
import { Box } from "../../spaces/box.js";
import { Discrete } from "../../spaces/discrete.js";
import { Dict } from "../../spaces/records.js";
import { observedFields } from "../../world/documentOrder.js";
import { register } from "../../world/world.js";
import { observeBatch } from "./batchObservation.js";
import { candidatesUnder } from "./candidates.js";
import { kernelProgram } from "./kernel/kernelProgram.js";
import { LtsUser } from "./ltsUser.js";
import { LtsControl } from "./ltsControl.js";
import { choiceUnder } from "./equations.js";
import { ltsMetrics } from "./metrics.js";
import { ltsModel } from "./model.js";
import type { RunPolicy } from "../../world/policy.js";
import { parameterMistakes } from "./parameterMistakes.js";
import {
  PARAMETER_NAMES,
  withDefaults,
  type CorpusDocument,
  type Parameters,
  type PlainParameters,
  type UserTable,
} from "./parameters.js";
import { parametersOnce } from "./parametersOnce.js";
import { longestEpisode, parametersOfUsers, sharedParameters } from "./plainParameters.js";
import { scalarState } from "./scalarState.js";
import type { LongTermSatisfactionWorld } from "./types.js";
import { tableOf } from "./userTable.js";

/**
 * The long-term satisfaction world: memes engage now and wear users down, educational videos engage less and build
 * satisfaction. Throws `InvalidInput` with every error at once.
 */
export function longTermSatisfaction(parameters?: Partial<PlainParameters>): LongTermSatisfactionWorld;
export function longTermSatisfaction(parameters: Partial<Parameters>): LongTermSatisfactionWorld<Parameters>;
export function longTermSatisfaction(parameters: Partial<Parameters> = {}): LongTermSatisfactionWorld<Parameters> {
  return createWorld("lts", parameters);
}

/** Creates the world under the name of a scenario. */
export function createWorld(scenario: string, parameters: Partial<PlainParameters>): LongTermSatisfactionWorld;
export function createWorld(scenario: string, parameters: Partial<Parameters>): LongTermSatisfactionWorld<Parameters>;
export function createWorld(scenario: string, parameters: Partial<Parameters>): LongTermSatisfactionWorld<Parameters> {
  const given = parametersOnce(parameters);
  const mistakes = parameterMistakes(given);
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  return worldOf(scenario, freeze(withDefaults(given)));
}

function worldOf(scenario: string, parameters: Readonly<Parameters>): LongTermSatisfactionWorld<Parameters> {
  const { slateSize, numCandidates, numClusters } = parameters;
  const shared = sharedParameters(parameters);
  const clusterId = new Discrete(numClusters);
  const engagement = new Box({ low: 0, high: Infinity });
  const documentSpace = new Dict({ educativeness: new Box({ low: 0, high: 1 }), clusterId });
  const world: LongTermSatisfactionWorld<Parameters> = {
    scenario,
    hash: hash64(canonicalText(parameters)),
    parameters,
    slateSize,
    numCandidates,
    timeBudget: longestEpisode(parameters),
    userSpace: new Box({ low: -1, high: 2, shape: [1] }), // satisfaction in [0, 1] and noise cut at ±1
    documentSpace,
    responseSpace: new Dict({ click: new Discrete(2), engagement, clusterId }),
    rewardName: "engagement",
    rewardUnit: "s",
    metrics: ltsMetrics,
    userDefined: false,
    hasExpectedReward: true,
    observeDocument: (document) => ({ educativeness: document.educativeness, clusterId: document.clusterId }),
    rank: ({ educativeness }) => educativeness,
    hasScores: choiceUnder(parameters.equations) !== "first",
    documentFields: observedFields(documentSpace, (document: CorpusDocument) => document),
    ...(shared && { controlVariates: (policy: RunPolicy) => new LtsControl(shared, policy) }),
    scalarState: () => scalarState(parameters),
    observeBatch: (users) => observeBatch(numCandidates, slateSize, users),
    open: (key) => {
      const model = shared && ltsModel(shared);
      const parametersOf = parametersOfUsers(parameters);
      return {
        candidates: candidatesUnder(parameters, key),
        user: (source) => {
          const own = parametersOf(source);
          return new LtsUser(model ?? ltsModel(own), own.timeBudget, source);
        },
      };
    },
    kernel: kernelProgram(() => world),
  };
  return register(printedAs(world, shortName("World", `${scenario}, slates of ${slateSize} of ${numCandidates}`)));
}

function freeze(parameters: Parameters): Readonly<Parameters> {
  const documents = parameters.documents?.map(({ educativeness, clusterId }) =>
    Object.freeze({ educativeness: educativeness + 0, clusterId }),
  );
  const ordered = PARAMETER_NAMES.map((name) => {
    return [name, name === "users" || name === "documents" ? null : frozen(positiveZero(parameters[name]))]; // both below
  });
  return Object.freeze({
    ...Object.fromEntries(ordered),
    documents: documents ? Object.freeze(documents) : null,
    users: parameters.users && tableOf(parameters.users),
  });
}

/** Freezes a distribution and its lists. */
function frozen(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

/** Replaces -0 by 0, which equals it for the reader and for the hash, so that it does for the arithmetic. */
function positiveZero(value: unknown): unknown {
  return value === 0 ? 0 : value;
}

/** Returns name=value lines in canonical order, numbers in their shortest decimal form. */
function canonicalText(parameters: Parameters): string {
  const { users } = parameters;
  const names = PARAMETER_NAMES.filter((name) => name !== "users");
  const lines = names.map((name) => `${name}=${canonicalValue(parameters[name] as CanonicalValue)}\n`).join("");
  return users === null ? lines : `${lines}users=${(users as UserTable).hash}\n`; // no line without, as in earlier versions
}

type CanonicalValue = Exclude<Parameters[Exclude<keyof Parameters, "users">], undefined>;

function canonicalValue(value: CanonicalValue): string {
  if (typeof value !== "object") return String(value);
  if (value !== null && "distribution" in value) return canonicalDistribution(value);
  return (value ?? []).map(({ educativeness, clusterId }) => `${educativeness}:${clusterId}`).join(",");
}

/** Returns the fields in the order of their names. */
function canonicalDistribution(distribution: NumberDistribution): string {
  const fields = Object.entries(distribution).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return fields.map(([name, value]) => `${name}:${String(value)}`).join(";");
}
