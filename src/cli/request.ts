import { expectedMistake } from "../check/mistakes.js";
import type {
  BlockStore,
  Engine,
  Estimator,
  BuiltInPolicy,
  Precision,
  RunOptions,
  RunPolicy,
  TraceOptions,
  World,
} from "../index.js";
import { runOptionMistakes } from "../montecarlo/optionMistakes.js";
import { runOptionsOnce } from "../montecarlo/optionsOnce.js";
import { traceOptionMistakes } from "../montecarlo/traceOptions.js";
import { parsePolicy } from "../policies/parsePolicy.js";
import { policies } from "../policies/policies.js";
import { DEFAULT_SCENARIO, makeWorld, widestWorld, type BuiltInWorld } from "../worlds/scenarios.js";
import { collectErrors } from "./collectErrors.js";
import type { QueueChoice } from "./command.js";
import type { FlagValues } from "./flag.js";
import {
  DEFAULT_POLICY,
  type policyFlags,
  type scenarioFlags,
  type userFlags,
  type simulationFlags,
  type worldFlags,
} from "./flags.js";
import { parseNumber } from "../check/parseNumber.js";
import { parseParameters } from "./parseParameters.js";
import { changeWorldModule, readAgentPolicy, readPolicyModule, readWorldModule } from "./readModule.js";
import { readTables } from "./tables.js";

// Readers from flags to options of the API. Each one appends its errors to one list and continues, so that the command reports all of
// them at once; a reader that fails returns undefined.

type Users = FlagValues<typeof userFlags>;

/** Reads the world of a scenario, with parameters from flags and from files. */
export async function readScenario(
  flags: FlagValues<typeof scenarioFlags>,
  mistakes: string[],
): Promise<BuiltInWorld | undefined> {
  const { parameters, mistakes: misread } = parseParameters(flags.param);
  mistakes.push(...ofWorld(misread));
  const tables = await readTables(flags, parameters, mistakes);
  return makeScenario(flags.scenario, { ...parameters, ...tables }, mistakes);
}

/** Makes the world of a scenario. */
export function makeScenario(
  scenario = DEFAULT_SCENARIO as string,
  parameters: Readonly<Record<string, unknown>>,
  mistakes: string[],
): BuiltInWorld | undefined {
  const wrong: string[] = [];
  const world = collectErrors(wrong, () => makeWorld(scenario, parameters));
  mistakes.push(...ofWorld(wrong));
  return world;
}

/** Returns errors of a world that tell its users from the number of users, which a flag of that name sets. */
export function ofWorld(mistakes: readonly string[]): string[] {
  return mistakes.map((mistake) => mistake.replace(/^"users" /, '"users of the world" '));
}

/** Reads the world of a command, by scenario and parameters or from a module. */
export async function readWorld(flags: FlagValues<typeof worldFlags>, mistakes: string[]): Promise<World | undefined> {
  const { world: module, scenario, param, usersFrom, documentsFrom } = flags;
  if (module === undefined) return (await readScenario(flags, mistakes)) as World | undefined;
  const beside = { "--scenario": scenario, "--users-from": usersFrom, "--documents-from": documentsFrom };
  for (const [flag, value] of Object.entries(beside))
    if (value !== undefined) mistakes.push(expectedMistake(flag, "nothing beside --world", value));
  const { parameters, mistakes: misread } = parseParameters(param);
  mistakes.push(...misread);
  return changeWorldModule(await readWorldModule(module, mistakes), parameters, ["--param", param], mistakes);
}

export function readPolicy(text: string, mistakes: string[]): BuiltInPolicy | undefined {
  return collectErrors(mistakes, () => parsePolicy(text));
}

const DEFAULT_USERS = 100_000;

/** Reads the options that `run`, `compare` and `lock` share. The API validates them, because that depends on the policies. */
export function readRunOptions(
  flags: Users & Partial<FlagValues<typeof simulationFlags>>,
  mistakes: string[],
  queue?: QueueChoice,
): RunOptions {
  const { users, steps, seed, firstUser, engine, estimator, workers = "1", precision, maxUsers } = flags;
  mistakes.push(...(queue?.mistakes ?? []));
  if (queue !== undefined && workers !== "auto")
    mistakes.push(expectedMistake("--workers", "nothing for a queue, whose workers simulate", workers));
  const { discount, warmUp } = flags;
  const extent =
    precision === undefined ? { users: users ?? DEFAULT_USERS } : { precision: readPrecision(precision, mistakes) };
  return {
    ...extent,
    ...(precision !== undefined && users !== undefined && { users }),
    ...(maxUsers !== undefined && { maxUsers }),
    ...(steps !== undefined && { steps }),
    seed,
    firstUser,
    ...(engine !== undefined && { engine: engine as Engine }),
    ...(estimator !== undefined && { estimator: estimator as Estimator }),
    ...(discount !== undefined && { discount }),
    ...(warmUp !== undefined && { warmUp }),
    workers: queue?.workers ?? readWorkers(workers),
  };
}

/** Returns the scenario and the users of an experiment, which may be the default ones. */
export function effectiveExtent(
  { scenario, world }: { readonly scenario?: string | undefined; readonly world?: string | undefined },
  { users }: Pick<RunOptions, "users">,
): Readonly<Record<string, unknown>> {
  return { scenario: world === undefined ? (scenario ?? DEFAULT_SCENARIO) : undefined, users };
}

/** Returns what defaults may add to the experiment of one policy. */
export function effectiveRun(
  values: FlagValues<typeof worldFlags> &
    FlagValues<typeof policyFlags> & { readonly agentModule?: string | undefined },
  options: RunOptions,
): Readonly<Record<string, unknown>> {
  const module = values.policyModule ?? values.agentModule;
  const policy = module === undefined ? (values.policy ?? DEFAULT_POLICY) : undefined;
  return { ...effectiveExtent(values, options), policy };
}

/** Returns "auto", a number, or the text itself, which the API refuses. */
export function readWorkers(text: string): number | "auto" {
  return text === "auto" ? text : ((parseNumber(text) ?? text) as number);
}

/** Reads `0.1%` of the mean, or `0.5` in units of the reward. */
function readPrecision(text: string, mistakes: string[]): Precision {
  const percent = text.endsWith("%");
  const number = parseNumber(percent ? text.slice(0, -1) : text);
  const legal = number !== undefined && number > 0 && number < (percent ? 100 : Infinity);
  if (!legal) mistakes.push(expectedMistake("--precision", "a width such as 0.5, or a share such as 0.1%", text));
  const value = legal ? number : 1;
  return percent ? { relative: value / 100 } : { halfWidth: value };
}

/** Appends the errors of options for one policy, also if world or policy are invalid. */
export function checkRunOptions(
  options: RunOptions,
  world: World | undefined,
  policy: RunPolicy | undefined,
  mistakes: string[],
): void {
  mistakes.push(
    ...runOptionMistakes(world ?? (widestWorld() as World), policy ?? policies.first(), runOptionsOnce(options)),
  );
}

/** Reads the policy of a command that takes one, by name or from a module: the last of these flags counts, and excludes the others. */
export async function readOnePolicy(
  { policy, policyModule, agentModule }: FlagValues<typeof policyFlags> & { readonly agentModule?: string | undefined },
  mistakes: string[],
): Promise<RunPolicy | undefined> {
  const flags = { "--policy": policy, "--policy-module": policyModule, "--agent-module": agentModule };
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  const [last] = given.at(-1) ?? [];
  for (const [flag, value] of given.slice(0, -1)) mistakes.push(expectedMistake(flag, `nothing beside ${last}`, value));
  if (agentModule !== undefined) return readAgentPolicy(agentModule, mistakes);
  if (policyModule !== undefined) return readPolicyModule(policyModule, mistakes);
  return readPolicy(policy ?? DEFAULT_POLICY, mistakes);
}

/** Returns the store in the folder of `--out`, if it can be one; without `--out`, its modules are not loaded. */
export async function readStore(
  values: Pick<FlagValues<typeof simulationFlags>, "out" | "repair" | "force">,
  mistakes: string[],
): Promise<BlockStore | undefined> {
  if (values.out === undefined && !values.repair) return undefined;
  const { readBlockFolder } = await import("./outFolder.js");
  return readBlockFolder(values, mistakes);
}

export function readTraceOptions(
  flags: Pick<Users, "steps" | "seed"> & { user: number },
  world: World | undefined,
  policy: RunPolicy | undefined,
  mistakes: string[],
): TraceOptions {
  const { user, steps, seed } = flags;
  const options = steps === undefined ? { user, seed } : { user, seed, steps };
  mistakes.push(...traceOptionMistakes(world ?? (widestWorld() as World), policy ?? policies.first(), options));
  return options;
}
