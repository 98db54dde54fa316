import { pathToFileURL } from "node:url";
import { expectedMistake } from "../check/mistakes.js";
import type {
  BlockStore,
  Engine,
  Estimator,
  LongTermSatisfactionWorld,
  LtsRunPolicy,
  Policy,
  Precision,
  RunOptions,
  TraceOptions,
} from "../index.js";
import { runOptionMistakes, traceOptionMistakes } from "../montecarlo/options.js";
import { parsePolicy } from "../policies/parsePolicy.js";
import { policies } from "../policies/policy.js";
import { NUMERIC_PARAMETERS } from "../worlds/longTermSatisfaction/parameters.js";
import { makeWorld } from "../worlds/scenarios.js";
import { attempt, attemptAsync } from "./attempt.js";
import { commonFlags, type FlagValues, type policyFlags, type volumeFlags } from "./flags.js";
import { parseNumber } from "./parseNumber.js";
import { parseParameters } from "./parseParameters.js";

/**
 * From flags to what the API wants. Each reader adds what is wrong to one list of mistakes and goes on,
 * so that the command can tell all of them at once; a reader that fails returns undefined.
 */

type Flags = FlagValues<typeof commonFlags>;

export function readWorld(
  flags: Pick<Flags, "scenario" | "param">,
  mistakes: string[],
): LongTermSatisfactionWorld | undefined {
  const { parameters, mistakes: misread } = parseParameters(flags.param);
  mistakes.push(...misread);
  return attempt(mistakes, () => makeWorld(flags.scenario, parameters));
}

export function readPolicy(text: string, mistakes: string[]): Policy | undefined {
  return attempt(mistakes, () => parsePolicy(text));
}

const USUAL_USERS = 100_000;

/** What `run`, `compare` and `lock` share. Whether it is legal is for the door to say, as it depends on the policies. */
export function readRunOptions(
  flags: Pick<Flags, "users" | "steps" | "seed" | "first-user"> &
    Partial<Pick<Flags, "engine"> & FlagValues<typeof volumeFlags>>,
  mistakes: string[],
): RunOptions {
  const { users, steps, seed, engine, estimator, workers = "1", precision } = flags;
  const extent =
    precision === undefined ? { users: users ?? USUAL_USERS } : { precision: readPrecision(precision, mistakes) };
  return {
    ...extent,
    ...(precision !== undefined && users !== undefined && { users }),
    ...(flags["max-users"] !== undefined && { maxUsers: flags["max-users"] }),
    ...(steps !== undefined && { steps }),
    seed,
    firstUser: flags["first-user"],
    ...(engine !== undefined && { engine: engine as Engine }),
    ...(estimator !== undefined && { estimator: estimator as Estimator }),
    workers: readWorkers(workers),
  };
}

/** What is neither "auto" nor a number goes on as it is, for the door to refuse. */
export function readWorkers(text: string): number | "auto" {
  return text === "auto" ? text : ((parseNumber(text) ?? text) as number);
}

/** `0.1%` of the mean, or `0.5` in units of engagement. */
function readPrecision(text: string, mistakes: string[]): Precision {
  const percent = text.endsWith("%");
  const number = parseNumber(percent ? text.slice(0, -1) : text);
  const legal = number !== undefined && number > 0 && number < (percent ? 100 : Infinity);
  if (!legal) mistakes.push(expectedMistake("--precision", "a width such as 0.5, or a share such as 0.1%", text));
  const value = legal ? number : 1;
  return percent ? { relative: value / 100 } : { halfWidth: value };
}

/** Says what is wrong with options for one policy, also where world or policy could not be made. */
export function checkRunOptions(
  options: RunOptions,
  world: LongTermSatisfactionWorld | undefined,
  policy: LtsRunPolicy | undefined,
  mistakes: string[],
): void {
  mistakes.push(...runOptionMistakes(world ?? widestWorld(), policy ?? policies.first(), options));
}

/** A policy that a module exports, from `file.js#name` or `file.js` for its default. */
export async function readPolicyModule(text: string, mistakes: string[]): Promise<LtsRunPolicy | undefined> {
  const [path = "", name = "default"] = text.split("#");
  const { readableMistake } = await import("../files/readWhole.js");
  const noFile = readableMistake("--policy-module", path);
  if (noFile !== undefined) mistakes.push(noFile);
  if (noFile !== undefined) return undefined;
  const { importPolicy } = await import("../policies/importPolicy.js");
  return attemptAsync(mistakes, () => importPolicy(pathToFileURL(path), name));
}

/** The policy of a command that takes one, by name or from a module. */
export async function readOnePolicy(
  { policy: name, "policy-module": module }: FlagValues<typeof policyFlags>,
  mistakes: string[],
): Promise<LtsRunPolicy | undefined> {
  if (module === undefined) return readPolicy(name ?? commonFlags.policy.default, mistakes);
  if (name !== undefined) mistakes.push(expectedMistake("--policy", "nothing beside --policy-module", name));
  return readPolicyModule(module, mistakes);
}

/** The folder of `--out`, if it can be one; whoever names none does not wait for what folders need. */
export async function readStore(
  values: Pick<FlagValues<typeof volumeFlags>, "out" | "repair" | "force">,
  mistakes: string[],
): Promise<BlockStore | undefined> {
  if (values.out === undefined && !values.repair) return undefined;
  const { readBlockFolder } = await import("./outFolder.js");
  return readBlockFolder(values, mistakes);
}

export function readTraceOptions(
  flags: Pick<Flags, "steps" | "seed"> & { user: number },
  world: LongTermSatisfactionWorld | undefined,
  policy: Policy | undefined,
  mistakes: string[],
): TraceOptions {
  const { user, steps, seed } = flags;
  const options = steps === undefined ? { user, seed } : { user, seed, steps };
  mistakes.push(...traceOptionMistakes(world ?? widestWorld(), policy ?? policies.first(), options));
  return options;
}

/** Stands in for a world that could not be made: what it refuses, every world would. */
function widestWorld(): LongTermSatisfactionWorld {
  const { timeBudget, slateSize } = NUMERIC_PARAMETERS;
  return makeWorld("lts", { timeBudget: timeBudget.max!, slateSize: slateSize.max!, numCandidates: slateSize.max! });
}
