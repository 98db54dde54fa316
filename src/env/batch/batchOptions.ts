import { isArray } from "../../check/lists.js";
import {
  expectedMistake,
  numberMistake,
  objectMistake,
  oneOfMistake,
  unknownFieldMistakes,
} from "../../check/mistakes.js";
import { listOnce, readOnce } from "../../check/readOnce.js";
import type { World } from "../../world/world.js";
import { worldMistake } from "../../world/world.js";
import type { ResetOptions } from "../environment.js";
import {
  envOptionMistakes,
  OPTION_NAMES,
  RESET_NAMES,
  resetMistakes,
  userMistake,
  type EnvOptions,
} from "../envOptions.js";

export const AUTORESET_MODES = ["nextStep", "sameStep", "disabled"] as const;

/**
 * How an environment continues after the end of its episode, as in Gymnasium. "nextStep": the next step begins its next episode
 * instead, whatever its slate is, for a reward of 0. "sameStep": the step that ends an episode begins the next at once;
 * the last observation is in `finalObservation`. "disabled": not at all; the environment has to be reset before the next step.
 * @useDeclaredType
 */
export type AutoresetMode = (typeof AUTORESET_MODES)[number];

/** How a batch of environments is opened. */
export interface BatchEnvOptions extends Pick<EnvOptions, "seed" | "user" | "maxSteps" | "allowRepeats"> {
  /** Number of environments: an integer of at least 1. They may take about a gibibyte: some millions, some hundred thousands of a custom world. */
  readonly users: number;
  /** How an environment continues after the end of its episode. Default: "nextStep". */
  readonly autoreset?: AutoresetMode;
}

/** Options of a reset: seed and user of the first environment, or the environments to reset. */
export interface BatchResetOptions extends ResetOptions {
  /** A list, typed or not: 1 for each environment to reset, 0 for the others, which keep their state. Not with a seed or user. Default: all. */
  readonly resetMask?: ArrayLike<number>;
}

export const BATCH_OPTION_NAMES = [...OPTION_NAMES, "users", "autoreset"];

const MAX_BYTES = 2 ** 30;

/** Returns how many environments fit: for a kernel as it says; in TypeScript each has a user, documents and observations as objects. */
function maxEnvironments({ kernel, numCandidates }: World): number {
  return kernel?.maxEnvironments ?? Math.floor(MAX_BYTES / (64 * numCandidates + 1024));
}

/** Returns all errors in the options of a batch environment. */
export function batchOptionMistakes(world: World, options: BatchEnvOptions): string[] {
  const mistakes = envOptionMistakes(world, options, ["users", "autoreset"]);
  if (worldMistake(world) !== undefined || objectMistake("options", options) !== undefined) return mistakes;
  const { users, autoreset = "nextStep", user = 0 } = options;
  const reward: unknown = Reflect.get(options, "reward");
  const usersMistake = numberMistake("users", users, { min: 1, max: maxEnvironments(world), integer: true });
  const own = [
    usersMistake,
    oneOfMistake("autoreset", autoreset, AUTORESET_MODES),
    usersMistake === undefined && userMistake(user) === undefined ? userMistake(user, users) : undefined,
    reward === undefined
      ? undefined
      : expectedMistake(
          "reward",
          "nothing here: a batch returns the reward of its world, and its observation holds the responses",
          reward,
        ),
  ];
  return [...mistakes, ...own.filter((mistake) => mistake !== undefined)];
}

/** Reads the options of a batch's reset once. */
export function batchResetOnce(options: BatchResetOptions): BatchResetOptions {
  const given = readOnce("options", options, [...RESET_NAMES, "resetMask"]);
  return given?.resetMask === undefined ? given : { ...given, resetMask: listOnce("resetMask", given.resetMask) };
}

/** Returns all errors in the options of a batch's reset; `begun` is false for the first one. */
export function batchResetMistakes(options: BatchResetOptions, users: number, begun: boolean): string[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { resetMask, ...rest } = options;
  if (resetMask === undefined) return resetMistakes(rest, users);
  const unknown = unknownFieldMistakes("option of a reset with resetMask", rest, ["resetMask"]);
  return [...unknown, resetMaskMistake(resetMask, users, begun)].filter((mistake) => mistake !== undefined);
}

function resetMaskMistake(mask: unknown, users: number, begun: boolean): string | undefined {
  if (!begun) return expectedMistake("resetMask", "nothing at the first reset, which is for all", mask);
  const legal =
    isArray(mask) && mask.length === users && mask.every((bit) => bit === 0 || bit === 1) && mask.includes(1);
  return legal ? undefined : expectedMistake("resetMask", `a list of ${users} times 0 or 1, not all 0`, mask);
}
