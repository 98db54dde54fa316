import { InvalidInput } from "../../check/invalidInput.js";
import { printedAs, shortName } from "../../check/shortName.js";
import { hash64 } from "../../numeric/hash64.js";
import { Box } from "../../spaces/box.js";
import { Discrete } from "../../spaces/discrete.js";
import { Dict } from "../../spaces/records.js";
import { register } from "../../world/world.js";
import { observeBatch } from "./batchObservation.js";
import { candidatesUnder } from "./candidates.js";
import { kernelProgram } from "./kernel/kernelProgram.js";
import { LtsUser } from "./ltsUser.js";
import { LtsControl } from "./ltsControl.js";
import { ltsMetrics } from "./metrics.js";
import { ltsModel } from "./model.js";
import { parameterMistakes } from "./parameterMistakes.js";
import { PARAMETER_NAMES, parametersOnce, withDefaults, type Parameters } from "./parameters.js";
import { scalarState } from "./scalarState.js";
import type { LongTermSatisfactionWorld } from "./types.js";

/**
 * The long-term satisfaction world: memes engage now and wear users down, educational videos engage less and build
 * satisfaction. Throws `InvalidInput` with every error at once.
 */
export function longTermSatisfaction(parameters: Partial<Parameters> = {}): LongTermSatisfactionWorld {
  return createWorld("lts", parameters);
}

/** Creates the world under the name of a scenario. */
export function createWorld(scenario: string, parameters: Partial<Parameters>): LongTermSatisfactionWorld {
  const given = parametersOnce(parameters);
  const mistakes = parameterMistakes(given);
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  return worldOf(scenario, freeze(withDefaults(given)));
}

function worldOf(scenario: string, parameters: Readonly<Parameters>): LongTermSatisfactionWorld {
  const { slateSize, numCandidates, numClusters, timeBudget } = parameters;
  const clusterId = new Discrete(numClusters);
  const engagement = new Box({ low: 0, high: Infinity });
  const world: LongTermSatisfactionWorld = {
    scenario,
    hash: hash64(canonicalText(parameters)),
    parameters,
    slateSize,
    numCandidates,
    timeBudget,
    userSpace: new Box({ low: -1, high: 2, shape: [1] }), // satisfaction in [0, 1] and noise cut at ±1
    documentSpace: new Dict({ educativeness: new Box({ low: 0, high: 1 }), clusterId }),
    responseSpace: new Dict({ click: new Discrete(2), engagement, clusterId }),
    rewardName: "engagement",
    rewardUnit: "s",
    metrics: ltsMetrics,
    userDefined: false,
    hasExpectedReward: true,
    observeDocument: (document) => ({ educativeness: document.educativeness, clusterId: document.clusterId }),
    rank: ({ educativeness }) => educativeness,
    controlVariates: (policy) => new LtsControl(parameters, policy),
    scalarState: () => scalarState(parameters),
    observeBatch: (users) => observeBatch(numCandidates, slateSize, users),
    open: (key) => {
      const model = ltsModel(parameters);
      return {
        candidates: candidatesUnder(parameters, key),
        user: (source) => new LtsUser(model, timeBudget, source),
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
  const ordered = PARAMETER_NAMES.map((name) => [name, positiveZero(parameters[name])]);
  return Object.freeze({ ...Object.fromEntries(ordered), documents: documents ? Object.freeze(documents) : null });
}

/** Replaces -0 by 0, which equals it for the reader and for the hash, so that it does for the arithmetic. */
function positiveZero(value: unknown): unknown {
  return value === 0 ? 0 : value;
}

/** Returns name=value lines in canonical order, numbers in their shortest decimal form. */
function canonicalText(parameters: Parameters): string {
  return PARAMETER_NAMES.map((name) => `${name}=${canonicalValue(parameters[name])}\n`).join("");
}

function canonicalValue(value: Parameters[keyof Parameters]): string {
  if (typeof value !== "object") return String(value);
  return (value ?? []).map(({ educativeness, clusterId }) => `${educativeness}:${clusterId}`).join(",");
}
