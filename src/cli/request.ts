import { makeWorld, parseAgent, parsePolicy, policies } from "../index.js";
import type { CreateAgent, Policy, RunOptions, TraceOptions, LongTermSatisfactionWorld } from "../index.js";
import { runOptionMistakes, traceOptionMistakes } from "../montecarlo/options.js";
import { NUMERIC_PARAMETERS } from "../scenario/longTermSatisfaction/parameters.js";
import { attempt } from "./attempt.js";
import type { commonFlags, FlagValues } from "./flags.js";
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

/** The agent of that name. Under `evalMode` it acts on what it knows and learns nothing. */
export function readAgent(
  { agent, seed, evalMode = false }: { readonly agent: string; readonly seed: string; readonly evalMode?: boolean },
  mistakes: string[],
): CreateAgent | undefined {
  const create = attempt(mistakes, () => parseAgent(agent));
  return create && ((spaces) => create(spaces, { seed, evalMode }));
}

export function readRunOptions(
  flags: Pick<Flags, "users" | "steps" | "seed" | "first-user" | "engine">,
  world: LongTermSatisfactionWorld | undefined,
  policy: Policy | undefined,
  mistakes: string[],
): RunOptions {
  const { users, steps, seed, engine } = flags;
  const always = { users, seed, firstUser: flags["first-user"], engine: engine as "kernel" | "reference" };
  const options = steps === undefined ? always : { ...always, steps };
  mistakes.push(...runOptionMistakes(world ?? widestWorld(), policy ?? policies.first(), options));
  return options;
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
