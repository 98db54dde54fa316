import { InvalidInput } from "../../check/invalidInput.js";
import { expectedMistake } from "../../check/mistakes.js";
import { hash64 } from "../../numeric/hash64.js";
import { PARAMETER_NAMES, withDefaults, type Parameters } from "./parameters.js";
import { parameterMistakes } from "./parameterMistakes.js";

/** A world, checked and frozen: two with equal hashes are the same world. */
export interface World {
  /** Name of the scenario that the parameters started from. */
  readonly scenario: string;
  readonly parameters: Readonly<Parameters>;
  /** 16 hexadecimal digits over all parameters in canonical order; the scenario's name is not in it. */
  readonly hash: string;
}

/** The worlds that were checked and frozen here: only these are let in elsewhere. */
const made = new WeakSet<object>();

export function worldMistake(world: unknown): string | undefined {
  const legal = typeof world === "object" && world !== null && made.has(world);
  return legal ? undefined : expectedMistake("world", "one made by `longTermSatisfaction` or `makeWorld`", world);
}

/**
 * The long-term satisfaction world: memes engage now and wear users down, educational videos engage less and build
 * satisfaction. Throws `InvalidInput` with every mistake at once.
 */
export function longTermSatisfaction(parameters: Partial<Parameters> = {}): World {
  return createWorld("lts", parameters);
}

/** The same under another scenario's name. */
export function createWorld(scenario: string, given: Partial<Parameters>): World {
  const mistakes = parameterMistakes(given);
  if (mistakes.length > 0) throw new InvalidInput(mistakes);
  const parameters = withDefaults(given);
  const frozen = freeze(parameters);
  const world = Object.freeze({ scenario, parameters: frozen, hash: hash64(canonicalText(frozen)) });
  made.add(world);
  return world;
}

function freeze(parameters: Parameters): Readonly<Parameters> {
  const documents = parameters.documents?.map(({ educativeness, clusterId }) =>
    Object.freeze({ educativeness: educativeness + 0, clusterId }),
  );
  const ordered = PARAMETER_NAMES.map((name) => [name, positiveZero(parameters[name])]);
  return Object.freeze({ ...Object.fromEntries(ordered), documents: documents ? Object.freeze(documents) : null });
}

/** -0 is 0 to the reader and to the hash; let it be so to the arithmetic. */
function positiveZero(value: unknown): unknown {
  return value === 0 ? 0 : value;
}

/** name=value lines in canonical order, numbers in their shortest decimal form. */
function canonicalText(parameters: Parameters): string {
  return PARAMETER_NAMES.map((name) => `${name}=${canonicalValue(parameters[name])}\n`).join("");
}

function canonicalValue(value: Parameters[keyof Parameters]): string {
  if (typeof value !== "object") return String(value);
  return (value ?? []).map(({ educativeness, clusterId }) => `${educativeness}:${clusterId}`).join(",");
}
