import {
  expectedMistake,
  numberMistake,
  objectMistake,
  oneOfMistake,
  unknownFieldMistakes,
} from "../../check/mistakes.js";

import { listOnce, readOnce } from "../../check/readOnce.js";

/** Options of tabular Q-learning. */
export interface TabularQOptions {
  /** Share of each new value that goes into the table, in (0, 1]. Default: 0.1. */
  readonly learningRate?: number;
  /** γ in [0, 1]: a reward one step later counts γ. Default: 0.99. */
  readonly discount?: number;
  /** How other slates are tried. "epsilonGreedy": a random slate now and then; "minCount": the slate that was tried least. Default: "epsilonGreedy". */
  readonly explorationPolicy?: "epsilonGreedy" | "minCount";
  /** Chance of a random slate in the first episode, and by what it falls with each; in [0, 1]. Default: 0.99. */
  readonly explorationTemperature?: number;
  /** Bounds of the bins for the numbers of an observation. Default: [0, 10]. */
  readonly bounds?: readonly [low: number, high: number];
  /** Number of borders between bins, both bounds included: an integer of at least 2. Default: 100. */
  readonly numBins?: number;
  /** Whether slates with the same documents in another order are different actions. Default: false. */
  readonly ordinalSlates?: boolean;
  /** Whether the state is the user alone. Default: true. */
  readonly ignoreResponse?: boolean;
}

export const TABULAR_Q_DEFAULTS: Required<TabularQOptions> = {
  learningRate: 0.1,
  discount: 0.99,
  explorationPolicy: "epsilonGreedy",
  explorationTemperature: 0.99,
  bounds: [0, 10],
  numBins: 100,
  ordinalSlates: false,
  ignoreResponse: true,
};

/** Reads the options once. */
export function tabularQOnce(options: TabularQOptions): TabularQOptions {
  const given = readOnce("options", options, Object.keys(TABULAR_Q_DEFAULTS));
  return given?.bounds === undefined ? given : { ...given, bounds: listOnce("bounds", given.bounds) };
}

/** Fills in the defaults of options that are missing or undefined. */
export function withDefaults(options: TabularQOptions): Required<TabularQOptions> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...TABULAR_Q_DEFAULTS, ...Object.fromEntries(given) };
}

export function tabularQMistakes(options: TabularQOptions): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const given = withDefaults(options);
  const { learningRate, discount, explorationPolicy, explorationTemperature, bounds, numBins } = given;
  return [
    ...unknownFieldMistakes("option of tabularQ", options, Object.keys(TABULAR_Q_DEFAULTS)),
    numberMistake("learningRate", learningRate, { min: 0, minExcluded: true, max: 1 }),
    numberMistake("discount", discount, { min: 0, max: 1 }),
    oneOfMistake("explorationPolicy", explorationPolicy, ["epsilonGreedy", "minCount"]),
    numberMistake("explorationTemperature", explorationTemperature, { min: 0, max: 1 }),
    areBounds(bounds)
      ? undefined
      : expectedMistake("bounds", "two finite numbers, the lower first, and finitely far apart", bounds),
    numberMistake("numBins", numBins, { min: 2, max: 2 ** 32, integer: true }),
    ...(["ordinalSlates", "ignoreResponse"] as const).map((name) =>
      typeof given[name] === "boolean" ? undefined : expectedMistake(name, "true or false", given[name]),
    ),
  ];
}

function areBounds(bounds: unknown): boolean {
  if (!Array.isArray(bounds) || bounds.length !== 2) return false;
  const [low, high] = bounds as unknown[];
  return typeof low === "number" && typeof high === "number" && low < high && Number.isFinite(high - low);
}
