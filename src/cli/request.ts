import { makeWorld, parsePolicy, policies, scenarios } from "../index.js";
import type { Policy, RunOptions, World } from "../index.js";
import { runOptionMistakes } from "../montecarlo/options.js";
import { attempt } from "./attempt.js";
import type { commonFlags, FlagValues } from "./flags.js";
import { parseParameters } from "./parseParameters.js";

/**
 * From flags to what the API wants. Each reader adds what is wrong to one list of mistakes and goes on,
 * so that the command can tell all of them at once; a reader that fails returns undefined.
 */

type Flags = FlagValues<typeof commonFlags>;

export function readWorld(flags: Pick<Flags, "scenario" | "param">, mistakes: string[]): World | undefined {
  const { parameters, mistakes: misread } = parseParameters(flags.param);
  mistakes.push(...misread);
  return attempt(mistakes, () => makeWorld(flags.scenario, parameters));
}

export function readPolicy(text: string, mistakes: string[]): Policy | undefined {
  return attempt(mistakes, () => parsePolicy(text));
}

/** Without a world its time budget and slate size are unknown: then steps and policy are not checked. */
export function readRunOptions(
  flags: Pick<Flags, "users" | "steps" | "seed" | "first-user" | "engine">,
  world: World | undefined,
  policy: Policy | undefined,
  mistakes: string[],
): RunOptions {
  const { users, steps, seed, engine } = flags;
  const always = { users, seed, firstUser: flags["first-user"], engine: engine as "kernel" | "reference" };
  const options = steps === undefined ? always : { ...always, steps };
  const found =
    world === undefined
      ? runOptionMistakes(scenarios["lts"]!, policies.first(), always)
      : runOptionMistakes(world, policy ?? policies.first(), options);
  mistakes.push(...found);
  return options;
}
