import type { Arbitrary } from "fast-check";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { Environment, StepResult } from "../env/environment.js";
import { AGENT_STREAM, wordSource } from "../random/address.js";
import { Draws } from "../random/draws.js";
import { seedKey } from "../random/seedKey.js";
import type { Observation } from "../spaces/observation.js";
import { fc } from "./fastCheck.js";
import {
  checkable,
  checkLaws,
  must,
  mustBePlain,
  mustEqual,
  mustRefuse,
  mustRefuseForeign,
  type CheckOptions,
  type Law,
} from "./laws.js";

/** Opens an environment at its beginning: every call a new one, all of them alike. */
export type OpenEnv<Seen extends Observation = Observation> = () => Environment<Seen> | Promise<Environment<Seen>>;

interface Case {
  readonly seed: number;
  readonly user: number;
  /** Steps before a snapshot or a fork, unless the episode ends before. */
  readonly before: number;
  /** Steps to live, unless the episode ends before. */
  readonly steps: number;
  /** By which slates are drawn. */
  readonly slates: number;
}

const cases: Arbitrary<Case> = fc.record({
  seed: fc.integer(),
  user: fc.integer({ min: 0, max: 2 ** 32 - 2 }),
  before: fc.nat(4),
  steps: fc.integer({ min: 1, max: 12 }),
  slates: fc.integer(),
});

/**
 * Puts an environment, or a world through `() => makeEnv(world)`, to the laws that all of the package's own obey. Rejects with
 * one error that names each broken law with its smallest counterexample, and with `InvalidInput` for what cannot be checked.
 */
export async function checkEnv<Seen extends Observation>(
  open: OpenEnv<Seen>,
  options: CheckOptions = {},
): Promise<void> {
  return checkLaws(envLaws(open), cases, checkable({ open }, options));
}

function envLaws(open: OpenEnv): Law<Case>[] {
  const law = (name: string, holds: (env: Environment, given: Case) => Promise<void> | void): Law<Case> => ({
    name,
    holds: async (given) => holds(asEnvironment(await open()), given),
  });
  return [
    law("what is shown is in its space", showsItsSpace),
    law("candidates are a list in the order of their positions, each with an id", showsCandidates),
    law("a step tells of itself", tellsOfItself),
    law("the same seed, user and slates give the same bits", async (env, given) => {
      mustEqual(live(env, given), live(await open(), given), "a second environment's life");
    }),
    law("a reset to a user replays that user", (env, given) => {
      const first = live(env, given);
      env.reset();
      mustEqual(live(env, given), first, "the life after another reset");
    }),
    law("a reset goes on to another user", (env, { seed, user }) => {
      const [first, second] = [env.reset({ seed, user }), env.reset()];
      must(first.info.user !== second.info.user, `two episodes of user ${first.info.user}`);
    }),
    law("a snapshot is plain data and goes on as the original", async (env, given) => {
      const copy = await open();
      const ended = liveBefore(env, given);
      const snapshot = env.snapshot();
      const kept = mustBePlain(snapshot);
      const future = liveUnless(ended, env, given);
      mustEqual(snapshot, kept, "the snapshot after further steps");
      copy.restore(kept);
      mustEqual(copy.snapshot(), kept, "the snapshot of what was restored");
      mustEqual(liveUnless(ended, copy, given), future, "the life after restoring");
      mustEqual(copy.snapshot(), env.snapshot(), "the snapshot after that life");
      mustEqual(kept, snapshot, "the snapshot after further steps of what was restored from it");
    }),
    law("what is no snapshot of this environment is refused and changes nothing", (env, given) => {
      liveBefore(env, given);
      mustRefuseForeign(env);
    }),
    law("a fork is at the same point, and alone", (env, given) => {
      const ended = liveBefore(env, given);
      const fork = env.fork();
      mustEqual(fork.snapshot(), env.snapshot(), "the snapshot of a fork");
      const future = liveUnless(ended, fork, given);
      mustEqual(liveUnless(ended, env, given), future, "the life beside its fork");
    }),
    law("what was shown before does not change, and changing it changes nothing", async (env, given) => {
      const shown: [object, object][] = [];
      const clean = live(await open(), given, (seen) => shown.push([seen, structuredClone(seen)]));
      shown.forEach(([seen, kept]) => mustEqual(seen, kept, "an observation after further steps"));
      mustEqual(live(env, given, spoil), clean, "the life whose observations were written over");
    }),
    law("illegal slates and steps are refused and change nothing", async (env, given) => {
      mustRefuse(() => env.step([]), "a step before the first reset");
      const clean = live(await open(), given);
      const lived = live(env, given, () => refuseIllegal(env));
      mustEqual(lived, clean, "the life with refused slates between its steps");
    }),
  ];
}

const METHODS = ["reset", "step", "snapshot", "restore", "fork"] as const;

/** What was opened. Throws `InvalidInput` for what is no environment, such as a world. */
function asEnvironment(opened: Environment): Environment {
  const given = opened as Partial<Environment> | null | undefined;
  const legal = METHODS.every((name) => typeof given?.[name] === "function");
  refuse([legal ? undefined : expectedMistake("open", `an environment, with ${METHODS.join(", ")}`, opened)]);
  return opened;
}

/** Lives an episode from its beginning; `between` is handed each observation after a copy of it was taken. */
function live(env: Environment, given: Case, between: (seen: object) => void = () => {}): unknown[] {
  const first = env.reset({ seed: given.seed, user: given.user });
  const kept = structuredClone(first);
  between(first.observation);
  return [kept, ...liveOn(env, given, between)];
}

/** Lives on to the end of the episode or of the case. */
function liveOn(env: Environment, given: Case, between: (seen: object) => void = () => {}): StepResult<Observation>[] {
  const lived: StepResult<Observation>[] = [];
  for (let step = 0; step < given.steps; step++) {
    const result = env.step(slateOf(env, given, step));
    lived.push(structuredClone(result));
    between(result.observation);
    if (result.terminated || result.truncated) {
      mustRefuse(() => env.step([]), "a step after the end");
      break;
    }
  }
  return lived;
}

/** Lives to where the case has its snapshot or fork; whether that is the end of the episode. */
function liveBefore(env: Environment, given: Case): boolean {
  env.reset({ seed: given.seed, user: given.user });
  const last = liveOn(env, { ...given, steps: given.before }).at(-1);
  return last !== undefined && (last.terminated || last.truncated);
}

/** Lives on from there; where that is the end, no further step is taken. */
function liveUnless(ended: boolean, env: Environment, given: Case): StepResult<Observation>[] {
  if (!ended) return liveOn(env, given);
  mustRefuse(() => env.step([]), "a step after the end");
  return [];
}

function slateOf(env: Environment, { slates, user }: Case, step: number): number[] {
  const draws = new Draws(wordSource(seedKey(slates), AGENT_STREAM, user), step);
  const slate = env.actionSpace.sample(draws);
  return slate.slice(0, draws.integer(4) === 0 ? draws.integer(slate.length + 1) : slate.length);
}

function showsItsSpace(env: Environment, given: Case): void {
  const check = (seen: Observation): void => {
    must(env.observationSpace.contains(seen), `not in the observation space: ${fc.stringify(seen)}`);
  };
  const first = env.reset({ seed: given.seed, user: given.user });
  check(first.observation);
  mustEqual(first.observation.response, null, "the response after a reset");
  liveOn(env, given).forEach(({ observation }) => check(observation));
}

function showsCandidates(env: Environment, given: Case): void {
  const { numCandidates } = env.actionSpace;
  const results = [env.reset({ seed: given.seed, user: given.user }), ...liveOn(env, given)];
  for (const { observation, info } of results) {
    must(Array.isArray(observation.doc), `the candidates are no list: ${fc.stringify(observation.doc)}`);
    mustEqual(observation.doc.length, numCandidates, "how many candidates are shown");
    must(Array.isArray(info.documentIds), `the ids of the candidates are no list: ${fc.stringify(info.documentIds)}`);
    mustEqual(info.documentIds.length, numCandidates, "how many ids of candidates there are");
    const ids = new Set(info.documentIds.filter((id) => Number.isSafeInteger(id) && id >= 0));
    mustEqual(ids.size, numCandidates, "how many of the ids are different whole numbers");
  }
}

function tellsOfItself(env: Environment, given: Case): void {
  const { info } = env.reset({ seed: given.seed, user: given.user });
  mustEqual(
    [info.seed, info.user, info.step],
    [String(given.seed), given.user, 0],
    "seed, user and step after a reset",
  );
  liveOn(env, given).forEach(({ observation, reward, terminated, truncated, info: after }, step) => {
    const shown = slateOf(env, given, step).length;
    mustEqual(after.step, step + 1, "the number of steps");
    mustEqual(observation.response?.length, shown, "how many responses there are to the slate");
    must(!(terminated && truncated), "the step was both terminated and truncated");
    must(Number.isFinite(reward), `the reward is ${reward}`);
    const chances = after.choiceProbabilities ?? [];
    mustEqual(chances.length, shown + 1, "how many choice probabilities there are");
    must(
      Math.abs(chances.reduce((sum, chance) => sum + chance, 0) - 1) < 1e-9,
      `they sum up to ${chances.join(" + ")}`,
    );
  });
}

function refuseIllegal(env: Environment): void {
  const { numCandidates, slateSize, allowRepeats } = env.actionSpace;
  const tooLong = Array.from({ length: slateSize + 1 }, (_, slot) => slot % numCandidates);
  const illegal: unknown[] = [tooLong, [numCandidates], [-1], [0.5], [NaN], ["0"], null, "0"];
  if (!allowRepeats && slateSize > 1) illegal.push([0, 0]);
  const before = env.snapshot();
  for (const slate of illegal) {
    mustRefuse(() => env.step(slate as number[]), `the slate ${fc.stringify(slate)}`);
  }
  mustEqual(env.snapshot(), before, "the snapshot after refused slates");
}

/** Writes over everything that was shown, where it lets itself be written over. */
function spoil(seen: object): void {
  for (const name of Object.keys(seen)) {
    const part: unknown = Reflect.get(seen, name);
    if (typeof part === "object" && part !== null) spoil(part);
    else Reflect.set(seen, name, typeof part === "number" ? part + 1e6 : null);
  }
}
