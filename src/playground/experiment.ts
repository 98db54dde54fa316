import {
  DEFAULT_SCENARIO,
  InvalidInput,
  makeWorld,
  parsePolicy,
  type BuiltInPolicy,
  type BuiltInWorld,
  type PlainParameters,
  type World,
} from "../index.js";

/** What the page simulates. */
export interface Experiment {
  readonly scenario: string;
  /** Parameters that differ from the scenario's; NaN where the field holds no number. */
  readonly parameters: Readonly<Record<string, number>>;
  /** Names of two policies or more; the others are compared with the first. */
  readonly policies: readonly string[];
  readonly seed: string;
  readonly users: number;
}

/** An experiment without mistakes. */
export interface ReadyExperiment<Simulated extends World = BuiltInWorld> {
  readonly world: Simulated;
  readonly policies: readonly BuiltInPolicy[];
  readonly seed: string;
  readonly users: number;
  /** Steps of an episode. Default: those of the world. */
  readonly steps?: number;
}

export const DEFAULT_EXPERIMENT: Experiment = {
  scenario: DEFAULT_SCENARIO,
  parameters: {},
  policies: ["random", "mix(2)"],
  seed: "0",
  users: 1_000_000,
};

/** The most users that the page simulates. */
export const MAX_USERS = 100_000_000;

/** A rule that a field breaks. */
export interface Mistake {
  /** The field: a parameter's name, "scenario", "policies", "seed" or "users". */
  readonly field: string;
  /** The sentence that the package says. */
  readonly message: string;
}

/** Returns what can be simulated, or all of the mistakes. */
export function prepare(experiment: Experiment): ReadyExperiment | readonly Mistake[] {
  const mistakes = [...seedMistakes(experiment.seed), ...usersMistakes(experiment.users)];
  const world = attempt(mistakes, "scenario", () =>
    makeWorld(experiment.scenario, experiment.parameters as Partial<PlainParameters>),
  );
  const policies = experiment.policies.map((name) => attempt(mistakes, "policies", () => policyIn(world, name)));
  if (new Set(experiment.policies).size < 2) {
    mistakes.push({ field: "policies", message: `"policies" expected two different policies or more` });
  }
  if (mistakes.length > 0) return mistakes;
  return { world: world!, policies: policies.map((policy) => policy!), seed: experiment.seed, users: experiment.users };
}

/** Returns the policy of that name, which has to have a meaning for slates of the world's size. */
function policyIn(world: BuiltInWorld | undefined, name: string): BuiltInPolicy {
  const policy = parsePolicy(name);
  const { fromTop } = policy;
  if (world !== undefined && fromTop !== "all" && fromTop > world.slateSize) {
    throw new InvalidInput([`"policies" expected mix(m) with an integer m in [0, ${world.slateSize}], got "${name}"`]);
  }
  return policy;
}

function attempt<Made>(mistakes: Mistake[], field: string, make: () => Made): Made | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    mistakes.push(...error.errors.map((message) => ({ field: fieldOf(message) ?? field, message })));
    return undefined;
  }
}

/** The field that a sentence of the package begins with: `"sensitivity" expected …`. */
function fieldOf(message: string): string | undefined {
  const name = /^"(\w+)"/.exec(message)?.[1];
  return name === "policy" ? "policies" : name;
}

function seedMistakes(seed: string): Mistake[] {
  return seed === "" ? [{ field: "seed", message: `"seed" expected a text that is not empty, got ""` }] : [];
}

function usersMistakes(users: number): Mistake[] {
  if (Number.isInteger(users) && users >= 1 && users <= MAX_USERS) return [];
  const rule = `an integer in [1, ${MAX_USERS.toLocaleString("en")}]`;
  return [{ field: "users", message: `"users" expected ${rule}, got ${users}` }];
}
