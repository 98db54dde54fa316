import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { DEFAULT_SEED, seedMistake, type Seed } from "../random/seedKey.js";
import { checkedReward } from "../world/reward.js";
import type { UserStep } from "../world/simulatedUser.js";
import { worldMistake } from "../world/world.js";
import { observedCopy } from "../spaces/observedCopy.js";

/** Users are numbered with 32 bits. */
export const LAST_USER = 2 ** 32 - 1;

/** How an environment is opened. */
export interface EnvOptions<Response = unknown> {
  /** Any text, or a finite number: two environments of one world are the same unless it tells them apart. Default: 0. */
  readonly seed?: Seed;
  /** The user of the first episode, in [0, 2^32 - 1]; every reset continues with the next. Default: 0. */
  readonly user?: number;
  /** Steps after which an episode is truncated; integer in [1, 2^32 - 1]. Default: none. */
  readonly maxSteps?: number;
  /** Reward of a step, in [-1e100, 1e100]. Default: the world's own reward. */
  readonly reward?: (responses: readonly Response[]) => number;
  /** Whether a slate may name a position twice, as RecSim lets it. Default: false. */
  readonly allowRepeats?: boolean;
}

export const OPTION_NAMES = ["seed", "user", "maxSteps", "reward", "allowRepeats"];

/** Returns all errors in the options of an environment; `further` names additional options. */
export function envOptionMistakes(world: unknown, options: object, further: readonly string[] = []): string[] {
  const noObject = [worldMistake(world), objectMistake("options", options)].filter((mistake) => mistake !== undefined);
  if (noObject.length > 0) return noObject;
  const { seed = DEFAULT_SEED, user = 0, maxSteps = 1, reward, allowRepeats = false } = options as EnvOptions;
  const own = [
    seedMistake(seed),
    userMistake(user),
    numberMistake("maxSteps", maxSteps, { min: 1, max: LAST_USER, integer: true }),
    reward === undefined || typeof reward === "function" ? undefined : expectedMistake("reward", "a function", reward),
    typeof allowRepeats === "boolean" ? undefined : expectedMistake("allowRepeats", "true or false", allowRepeats),
  ].filter((mistake) => mistake !== undefined);
  return [...unknownFieldMistakes("environment option", options, [...OPTION_NAMES, ...further]), ...own];
}

export function userMistake(user: unknown, users = 1): string | undefined {
  return numberMistake("user", user, { min: 0, max: LAST_USER + 1 - users, integer: true });
}

export const RESET_NAMES = ["seed", "user"];

/** Returns the error of a step without an open episode: before the first reset, or after an end. */
export function closedMistake(begun: boolean): string {
  return `"step" expected an open episode, got ${begun ? "one that has ended: call reset" : "none: call reset first"}`;
}

/** Returns the reward of a step. The option `reward` receives copies, so that it cannot change what is observed. */
export function rewardOf<Response>({ reward }: EnvOptions<Response>): (step: UserStep<Response>) => number {
  if (reward === undefined) return (step) => step.reward;
  return ({ responses }) => checkedReward(reward(observedCopy(responses, "responses")));
}

/** Returns all errors in the options of a reset. */
export function resetMistakes(options: { readonly seed?: unknown; readonly user?: unknown }, users = 1): string[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const own = [
    options.seed === undefined ? undefined : seedMistake(options.seed),
    options.user === undefined ? undefined : userMistake(options.user, users),
  ].filter((mistake) => mistake !== undefined);
  return [...unknownFieldMistakes("reset option", options, RESET_NAMES), ...own];
}
