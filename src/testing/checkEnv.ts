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
  checkProperties,
  must,
  mustBePlain,
  mustEqual,
  mustRefuse,
  mustRefuseForeign,
  type CheckOptions,
  type Property,
} from "./properties.js";

/** Opens an environment before its first reset. Every call returns a new one, all of them equal. */
export type OpenEnv<Obs extends Observation = Observation> = () => Environment<Obs> | Promise<Environment<Obs>>;

interface Case {
  readonly seed: number;
  readonly user: number;
  /** Steps before a snapshot or a fork, fewer if the episode ends earlier. */
  readonly before: number;
  /** Steps to take, fewer if the episode ends earlier. */
  readonly steps: number;
  /** Seed of the slates. */
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
 * Checks that an environment, or a world through `() => makeEnv(world)`, has the properties of all environments of slatesim. Rejects
 * with one error that names each violated property with its smallest counterexample, and with `InvalidInput` for arguments that
 * cannot be checked.
 */
export async function checkEnv<Obs extends Observation>(open: OpenEnv<Obs>, options: CheckOptions = {}): Promise<void> {
  return checkProperties(envProperties(open), cases, checkable({ open }, options));
}

function envProperties(open: OpenEnv): Property<Case>[] {
  const property = (name: string, holds: (env: Environment, given: Case) => Promise<void> | void): Property<Case> => ({
    name,
    holds: async (given) => holds(asEnvironment(await open()), given),
  });
  return [
    property("observations are in the observation space", checkObservationSpace),
    property("candidates are a list in the order of their positions, each with an id", checkCandidates),
    property("a step reports its seed, user, step and probabilities", checkStepResults),
    property("the same seed, user and slates give the same bits", async (env, given) => {
      mustEqual(runEpisode(env, given), runEpisode(await open(), given), "the episode of a second environment");
    }),
    property("a reset to a user replays that user", (env, given) => {
      const first = runEpisode(env, given);
      env.reset();
      mustEqual(runEpisode(env, given), first, "the episode after another reset");
    }),
    property("a reset without a user begins the episode of another user", (env, { seed, user }) => {
      const [first, second] = [env.reset({ seed, user }), env.reset()];
      must(first.info.user !== second.info.user, `two episodes of user ${first.info.user}`);
    }),
    property("a snapshot is plain data and resumes as the original", async (env, given) => {
      const copy = await open();
      const ended = runBefore(env, given);
      const snapshot = env.snapshot();
      const kept = mustBePlain(snapshot);
      const future = runUnless(ended, env, given);
      mustEqual(snapshot, kept, "the snapshot after further steps");
      copy.restore(kept);
      mustEqual(copy.snapshot(), kept, "the snapshot of what was restored");
      mustEqual(runUnless(ended, copy, given), future, "the steps after restoring");
      mustEqual(copy.snapshot(), env.snapshot(), "the snapshot after those steps");
      mustEqual(kept, snapshot, "the snapshot after further steps of what was restored from it");
    }),
    property("anything but a snapshot of this environment is refused and changes nothing", (env, given) => {
      runBefore(env, given);
      mustRefuseForeign(env);
    }),
    property("a fork is at the same point and independent", (env, given) => {
      const ended = runBefore(env, given);
      const fork = env.fork();
      mustEqual(fork.snapshot(), env.snapshot(), "the snapshot of a fork");
      const future = runUnless(ended, fork, given);
      mustEqual(runUnless(ended, env, given), future, "the steps beside the fork");
    }),
    property("earlier observations do not change, and writing to them changes nothing", async (env, given) => {
      const earlier: [object, object][] = [];
      const clean = runEpisode(await open(), given, (observed) => earlier.push([observed, structuredClone(observed)]));
      earlier.forEach(([observed, kept]) => mustEqual(observed, kept, "an observation after further steps"));
      mustEqual(runEpisode(env, given, spoil), clean, "the episode whose observations were overwritten");
    }),
    property("illegal slates and steps are refused and change nothing", async (env, given) => {
      mustRefuse(() => env.step([]), "a step before the first reset");
      const clean = runEpisode(await open(), given);
      const results = runEpisode(env, given, () => refuseIllegal(env));
      mustEqual(results, clean, "the episode with refused slates between its steps");
    }),
  ];
}

const METHODS = ["reset", "step", "snapshot", "restore", "fork"] as const;

/** Returns `opened`. Throws `InvalidInput` for anything but an environment, such as a world. */
function asEnvironment(opened: Environment): Environment {
  const given = opened as Partial<Environment> | null | undefined;
  const legal = METHODS.every((name) => typeof given?.[name] === "function");
  refuse([legal ? undefined : expectedMistake("open", `an environment, with ${METHODS.join(", ")}`, opened)]);
  return opened;
}

/** Runs an episode from its reset; `between` receives each observation after a copy of it was taken. */
function runEpisode(env: Environment, given: Case, between: (observed: object) => void = () => {}): unknown[] {
  const first = env.reset({ seed: given.seed, user: given.user });
  const kept = structuredClone(first);
  between(first.observation);
  return [kept, ...continueEpisode(env, given, between)];
}

/** Continues to the end of the episode or of the case. */
function continueEpisode(
  env: Environment,
  given: Case,
  between: (observed: object) => void = () => {},
): StepResult<Observation>[] {
  const results: StepResult<Observation>[] = [];
  for (let step = 0; step < given.steps; step++) {
    const result = env.step(slateOf(env, given, step));
    results.push(structuredClone(result));
    between(result.observation);
    if (result.terminated || result.truncated) {
      mustRefuse(() => env.step([]), "a step after the end");
      break;
    }
  }
  return results;
}

/** Runs to the step of the case's snapshot or fork. Returns whether the episode ended there. */
function runBefore(env: Environment, given: Case): boolean {
  env.reset({ seed: given.seed, user: given.user });
  const last = continueEpisode(env, { ...given, steps: given.before }).at(-1);
  return last !== undefined && (last.terminated || last.truncated);
}

/** Continues from that step; takes no step if the episode has ended. */
function runUnless(ended: boolean, env: Environment, given: Case): StepResult<Observation>[] {
  if (!ended) return continueEpisode(env, given);
  mustRefuse(() => env.step([]), "a step after the end");
  return [];
}

function slateOf(env: Environment, { slates, user }: Case, step: number): number[] {
  const draws = new Draws(wordSource(seedKey(slates), AGENT_STREAM, user), step);
  const slate = env.actionSpace.sample(draws);
  return slate.slice(0, draws.integer(4) === 0 ? draws.integer(slate.length + 1) : slate.length);
}

function checkObservationSpace(env: Environment, given: Case): void {
  const check = (observed: Observation): void => {
    must(env.observationSpace.contains(observed), `not in the observation space: ${fc.stringify(observed)}`);
  };
  const first = env.reset({ seed: given.seed, user: given.user });
  check(first.observation);
  mustEqual(first.observation.response, null, "the response after a reset");
  continueEpisode(env, given).forEach(({ observation }) => check(observation));
}

function checkCandidates(env: Environment, given: Case): void {
  const { numCandidates } = env.actionSpace;
  const results = [env.reset({ seed: given.seed, user: given.user }), ...continueEpisode(env, given)];
  for (const { observation, info } of results) {
    must(Array.isArray(observation.doc), `the candidates are no list: ${fc.stringify(observation.doc)}`);
    mustEqual(observation.doc.length, numCandidates, "the number of candidates");
    must(Array.isArray(info.documentIds), `the ids of the candidates are no list: ${fc.stringify(info.documentIds)}`);
    mustEqual(info.documentIds.length, numCandidates, "the number of ids of candidates");
    const ids = new Set(info.documentIds.filter((id) => Number.isSafeInteger(id) && id >= 0));
    mustEqual(ids.size, numCandidates, "the number of ids that are different whole numbers");
  }
}

function checkStepResults(env: Environment, given: Case): void {
  const { info } = env.reset({ seed: given.seed, user: given.user });
  mustEqual(
    [info.seed, info.user, info.step],
    [String(given.seed), given.user, 0],
    "seed, user and step after a reset",
  );
  continueEpisode(env, given).forEach(({ observation, reward, terminated, truncated, info: after }, step) => {
    const length = slateOf(env, given, step).length;
    mustEqual(after.step, step + 1, "the number of steps");
    mustEqual(observation.response?.length, length, "the number of responses to the slate");
    must(!(terminated && truncated), "the step was both terminated and truncated");
    must(Number.isFinite(reward), `the reward is ${reward}`);
    const chances = after.choiceProbabilities ?? [];
    mustEqual(chances.length, length + 1, "the number of choice probabilities");
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

/** Overwrites every part of an observation that is writable. */
function spoil(observed: object): void {
  for (const name of Object.keys(observed)) {
    const part: unknown = Reflect.get(observed, name);
    if (typeof part === "object" && part !== null) spoil(part);
    else Reflect.set(observed, name, typeof part === "number" ? part + 1e6 : null);
  }
}
