import { isArray } from "../check/lists.js";
import { expectedMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { listOnce, readOnce } from "../check/readOnce.js";
import { MAX_POLICIES } from "../montecarlo/compareOptions.js";
import { runOptionMistakes } from "../montecarlo/optionMistakes.js";
import { OPTION_NAMES, type ReadOptions, type RunOptions } from "../montecarlo/options.js";
import { runOptionsOnce } from "../montecarlo/optionsOnce.js";
import { DEFAULT_SEED, seedMistake, seedText, type Seed } from "../random/seedKey.js";
import { solveMistakes } from "../solve/solveOptions.js";
import type { RunPolicy } from "../world/policy.js";
import { worldMistake, type World } from "../world/world.js";
import {
  beforeSolving,
  isSolvedPolicy,
  solvedPolicyMistake,
  sweptPolicyOnce,
  type SolvedPolicy,
} from "./solvedPolicy.js";
import { MAX_CELLS, type SweepWorld } from "./worldGrid.js";

/** How a sweep is simulated: as runs of so many users, each cell with the same. */
export interface SweepOptions extends Omit<RunOptions, "seed" | "precision" | "maxUsers"> {
  /** A cell is simulated for each of them: texts or finite numbers, each different. Default: 0 alone. */
  readonly seeds?: readonly Seed[];
  /** Whether every world is solved, so that cells have an optimum and policies a regret. Default: false. */
  readonly regret?: boolean;
  /** Called after each world is solved, which comes before the first user, with the number of worlds solved and of all. */
  readonly onSolved?: (worldsSolved: number, worlds: number) => void;
}

/** Options of a sweep, read once. */
export interface ReadSweepOptions {
  /** Those of the run of each cell, without its seed. */
  readonly run: ReadOptions;
  readonly seeds: readonly Seed[];
  readonly regret: boolean;
  readonly onSolved: SweepOptions["onSolved"];
  /** Fields that are no options. */
  readonly unknown: object;
}

const RUN_NAMES = OPTION_NAMES.filter((name) => !["seed", "precision", "maxUsers"].includes(name));
const NAMES = [...RUN_NAMES, "seeds", "regret", "onSolved"];
const POLICY_RULE = `a list of 1 to ${MAX_POLICIES} policies`;

/** A sweep whose arguments were read once, and are valid. */
export interface ReadSweep {
  readonly worlds: readonly SweepWorld[];
  readonly policies: readonly (RunPolicy | SolvedPolicy)[];
  readonly options: ReadSweepOptions;
}

/** Reads the worlds once; one without `at` is told by its name. Returns anything else unchanged, for `sweepMistakes` to refuse. */
export function worldsOnce(given: readonly (World | SweepWorld)[]): readonly SweepWorld[] {
  if (!isArray(given) || given.length > MAX_CELLS) return given as never;
  return listOnce("worlds", given).map(worldOnce);
}

function worldOnce(item: World | SweepWorld, place: number): SweepWorld {
  if (worldMistake(item) === undefined) return { world: item as World, at: { world: (item as World).scenario } };
  if (objectMistake("", item) !== undefined) return { world: item as never, at: {} };
  const given = readOnce(`worlds[${place}]`, item as SweepWorld, ["world", "at"]);
  const { at } = given;
  return objectMistake("", at) === undefined ? { ...given, at: readOnce(`worlds[${place}].at`, at) } : given;
}

export function policiesOnce(given: ReadSweep["policies"]): ReadSweep["policies"] {
  if (!isArray(given) || given.length > MAX_POLICIES) return given;
  return listOnce("policies", given).map((policy, place) => sweptPolicyOnce(`policies[${place}]`, policy));
}

/** Returns whether the worlds of a sweep are solved. */
export function needsSolutions(policies: ReadSweep["policies"], regret = false): boolean {
  return regret || policies.some(isSolvedPolicy);
}

export function sweepOptionsOnce(given: SweepOptions): ReadSweepOptions {
  const options = readOnce("options", given, NAMES);
  if (objectMistake("options", options) !== undefined) return { run: options } as never;
  const { seeds = [DEFAULT_SEED], regret = false, onSolved } = options;
  const fields = Object.entries(options);
  const run = Object.fromEntries(fields.filter(([name]) => RUN_NAMES.includes(name)));
  const unknown = Object.fromEntries(fields.filter(([name]) => !NAMES.includes(name)));
  return { run: runOptionsOnce(run), seeds: listOnce("seeds", seeds), regret, onSolved, unknown };
}

/** Returns all errors of a sweep that was read. */
export function sweepMistakes({ worlds, policies, options }: ReadSweep): string[] {
  const noObject = objectMistake("options", options.run);
  if (noObject !== undefined) return [noObject];
  const { seeds, regret, onSolved, run } = options;
  const wrongWorlds = worldMistakes(worlds);
  const wrongPolicies = policyListMistakes(policies);
  const known = wrongWorlds.length === 0 && wrongPolicies.length === 0 ? worlds : [];
  const inRuns = known.flatMap(({ world }) =>
    policies.flatMap((policy) => runOptionMistakes(world, beforeSolving(policy), run)),
  );
  const solved = known.length > 0 && needsSolutions(policies, regret === true);
  const unsolved = solved ? known.flatMap(({ world }) => solveMistakes(world, solveOptionsOf(run))) : [];
  const all = [
    ...unknownFieldMistakes("sweep option", options.unknown, NAMES),
    ...wrongWorlds,
    ...wrongPolicies,
    ...seedMistakes(seeds),
    ...(wrongWorlds.length === 0 && isArray(seeds) ? [cellsMistake(worlds.length * seeds.length)] : []),
    typeof regret === "boolean" ? undefined : expectedMistake("regret", "true or false", regret),
    onSolved === undefined || typeof onSolved === "function"
      ? undefined
      : expectedMistake("onSolved", "a function", onSolved),
    ...inRuns,
    ...unsolved,
  ];
  return [...new Set(all.filter((mistake) => mistake !== undefined))];
}

/** Returns the options of `solve` that make an optimum comparable with the runs of a sweep. */
export function solveOptionsOf({ steps, discount, warmUp, signal }: ReadOptions) {
  return {
    ...(steps !== undefined && { steps }),
    ...(discount !== undefined && { discount }),
    ...(warmUp !== undefined && { warmUp }),
    ...(signal !== undefined && { signal }),
  };
}

function worldMistakes(worlds: readonly SweepWorld[]): string[] {
  if (!isArray(worlds)) return [expectedMistake("worlds", "a list of worlds", worlds)];
  if (worlds.length === 0 || worlds.length > MAX_CELLS)
    return [`"worlds" expected a list of 1 to ${MAX_CELLS} worlds, got ${worlds.length}`];
  const wrong = worlds.flatMap(({ world, at, ...rest }, place) => [
    ...unknownFieldMistakes(`field of worlds[${place}]`, rest, ["world", "at"]),
    worldMistake(world)?.replace('"world"', () => `"worlds[${place}]"`),
    isPlace(at) ? undefined : expectedMistake(`worlds[${place}].at`, "numbers and texts by name", at),
  ]);
  const mistakes = wrong.filter((mistake) => mistake !== undefined);
  return mistakes.length > 0 ? mistakes : placeMistakes(worlds);
}

function isPlace(at: unknown): boolean {
  if (objectMistake("", at) !== undefined) return false;
  return Object.values(at as object).every((value) => typeof value === "string" || Number.isFinite(value));
}

/** Returns errors unless the worlds lie at different places under the same names. */
function placeMistakes(worlds: readonly SweepWorld[]): string[] {
  const names = Object.keys(worlds[0]!.at);
  const seen = new Set<string>();
  return worlds.flatMap(({ at }, place) => {
    const field = `worlds[${place}].at`;
    const same = Object.keys(at).length === names.length && names.every((name) => Object.hasOwn(at, name));
    if (!same) return [expectedMistake(field, `values of ${names.join(", ") || "nothing"}, as the first has`, at)];
    const key = JSON.stringify(names.map((name) => at[name]));
    if (seen.has(key)) return [expectedMistake(field, "values that no other world has", at)];
    seen.add(key);
    return [];
  });
}

function policyListMistakes(policies: ReadSweep["policies"]): string[] {
  if (!isArray(policies)) return [expectedMistake("policies", POLICY_RULE, policies)];
  if (policies.length === 0 || policies.length > MAX_POLICIES)
    return [`"policies" expected ${POLICY_RULE}, got ${policies.length}`];
  const names = policies.map((policy) => (policy as Partial<RunPolicy> | undefined)?.name);
  return names.flatMap((name, place) => {
    const field = `policies[${place}]`;
    const again = name !== undefined && names.indexOf(name) < place;
    const mistakes = [
      again ? expectedMistake(field, "a name that no other has", name) : undefined,
      solvedPolicyMistake(field, policies[place]!),
    ];
    return mistakes.filter((mistake) => mistake !== undefined);
  });
}

function seedMistakes(seeds: readonly Seed[]): (string | undefined)[] {
  if (!isArray(seeds) || seeds.length === 0) return [expectedMistake("seeds", "a list of seeds", seeds)];
  const wrong = seeds.map((seed, place) => seedMistake(seed)?.replace('"seed"', () => `"seeds[${place}]"`));
  if (wrong.some((mistake) => mistake !== undefined)) return wrong;
  const different = new Set(seeds.map(seedText)).size === seeds.length;
  return [different ? undefined : expectedMistake("seeds", "different seeds", seeds)];
}

function cellsMistake(cells: number): string | undefined {
  return cells <= MAX_CELLS
    ? undefined
    : `"seeds" expected at most ${MAX_CELLS} cells, worlds times seeds, got ${cells}`;
}
