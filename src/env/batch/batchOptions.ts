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
 * What happens to a lane whose episode has ended, as in Gymnasium. "nextStep": the next step begins its next episode
 * instead, whatever its slate is, for a reward of 0. "sameStep": the step that ends an episode begins the next at once;
 * what was seen at the end is in `finalObservation`. "disabled": nothing; the lane has to be reset before the next step.
 * @useDeclaredType
 */
export type AutoresetMode = (typeof AUTORESET_MODES)[number];

/** How a batch of environments is opened. */
export interface BatchEnvOptions extends Pick<EnvOptions, "seed" | "user" | "maxSteps" | "allowRepeats"> {
  /** Lanes: an integer of at least 1; up to where they take about a gibibyte: some millions, of own worlds some hundred thousands. */
  readonly users: number;
  /** What happens where an episode has ended. Default: "nextStep". */
  readonly autoreset?: AutoresetMode;
}

/** Whose episodes a reset begins. */
export interface BatchResetOptions extends ResetOptions {
  /** A list, typed or not: 1 for each lane to reset, 0 for the others, which stay as they are. Not with a seed or user. Default: all. */
  readonly lanes?: ArrayLike<number>;
}

export const BATCH_OPTION_NAMES = [...OPTION_NAMES, "users", "autoreset"];

const MAX_BYTES = 2 ** 30;

/** Environments that fit: as the kernel says; in TypeScript each has a user of objects, and documents and their observations. */
function maxEnvironments({ kernel, numCandidates }: World): number {
  return kernel?.maxEnvironments ?? Math.floor(MAX_BYTES / (64 * numCandidates + 1024));
}

/** Everything that is wrong with a batch environment of that world. */
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
      : expectedMistake("reward", "nothing here: a batch brings its world's reward, and shows the responses", reward),
  ];
  return [...mistakes, ...own.filter((mistake) => mistake !== undefined)];
}

/** The options of a batch's reset as they are now. */
export function batchResetOnce(options: BatchResetOptions): BatchResetOptions {
  const given = readOnce("options", options, [...RESET_NAMES, "lanes"]);
  return given?.lanes === undefined ? given : { ...given, lanes: listOnce("lanes", given.lanes) };
}

/** Everything that is wrong with the options of a batch's reset; `begun`: whether it is not the first. */
export function batchResetMistakes(options: BatchResetOptions, users: number, begun: boolean): string[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { lanes, ...rest } = options;
  if (lanes === undefined) return resetMistakes(rest, users);
  const unknown = unknownFieldMistakes("option of a reset of some lanes", rest, ["lanes"]);
  return [...unknown, lanesMistake(lanes, users, begun)].filter((mistake) => mistake !== undefined);
}

function lanesMistake(lanes: unknown, users: number, begun: boolean): string | undefined {
  if (!begun) return expectedMistake("lanes", "nothing at the first reset, which is for all", lanes);
  const legal =
    isArray(lanes) && lanes.length === users && lanes.every((lane) => lane === 0 || lane === 1) && lanes.includes(1);
  return legal ? undefined : expectedMistake("lanes", `a list of ${users} times 0 or 1, not all 0`, lanes);
}
