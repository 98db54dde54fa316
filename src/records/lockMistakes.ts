import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { showValue } from "../check/showValue.js";
import { runOptionMistakes } from "../montecarlo/optionMistakes.js";
import { runOptionsOnce } from "../montecarlo/optionsOnce.js";
import { parsePolicy } from "../policies/parsePolicy.js";
import { BLOCK_USERS } from "../statistics/blocks.js";
import type { RunPolicy } from "../world/policy.js";
import type { World } from "../world/world.js";
import { scenarioMistake, wholeParameterMistakes } from "../worlds/scenarios.js";
import { parseModule } from "./lockModule.js";
import { isCode, MODULE_FIELDS } from "./lockSources.js";
import { LOCK_FORMAT, LOCK_VERSION, meanNames, type Lock } from "./lock.js";

type Found = Readonly<Record<string, unknown>>;
type Mistakes = readonly (string | undefined)[];

const FIELDS =
  "format version scenario parameters world policy worldModule worldChanges policyModule agentModule values users firstUser steps seed streamVersion kernel digest config means blocks lives sha256".split(
    " ",
  );
const USERS = { min: 1, max: 2 ** 32 - 1, integer: true };

/** Returns the errors in data read as a lock, field by field. */
export function fieldMistakes(found: Found): string[] {
  const { format, version, world, users, firstUser, steps, seed } = found;
  if (format !== LOCK_FORMAT) return [expectedMistake("format", `"${LOCK_FORMAT}"`, format)];
  if (version !== LOCK_VERSION) {
    const rule = `${LOCK_VERSION}, of the locks that this slatesim makes and reads`;
    return [expectedMistake("version", rule, version)];
  }
  return [
    ...unknownFieldMistakes("field of a lock", found, FIELDS),
    ...sourceMistakes(found),
    ...worldMistakes(found),
    hashMistake("world", world, 16),
    ...policyMistakes(found),
    numberMistake("users", users, USERS),
    numberMistake("firstUser", firstUser, { ...USERS, min: 0 }),
    numberMistake("steps", steps, { min: 1, max: 65_536, integer: true }),
    typeof seed === "string" ? undefined : expectedMistake("seed", "a text", seed),
    numberMistake("streamVersion", found["streamVersion"], { min: 1, integer: true }),
    hashMistake("kernel", found["kernel"], 64),
    hashMistake("digest", found["digest"], 16),
    found["config"] === undefined ? undefined : objectMistake("config", found["config"]),
    ...meansMistakes(found["means"]),
    ...blockMistakes(found["blocks"], users),
    ...livesMistakes(found["lives"]),
    hashMistake("sha256", found["sha256"], 64),
  ].filter((mistake) => mistake !== undefined);
}

/** Checks where world and policy come from: each from one place. */
function sourceMistakes(found: Found): Mistakes {
  const { values } = found;
  const isList = Array.isArray(values) && values.length > 0 && new Set(values).size === values.length;
  const legal = values === undefined || (isList && values.every((part) => part === "world" || part === "policy"));
  const rule = "a path such as policies.js#name, at or below the lock's folder";
  const given = MODULE_FIELDS.filter(({ field }) => found[field] !== undefined);
  return [
    legal ? undefined : expectedMistake("values", 'a list of "world" and "policy", or one of them', values),
    ...changeMistakes(found),
    ...given.map(({ field, part }, place) => {
      const module = found[field];
      if (parseModule(module) === undefined) return expectedMistake(field, rule, module);
      const earlier = given.slice(0, place).find((other) => other.part === part);
      const other = earlier?.field ?? (isList && values.includes(part) ? "values" : undefined);
      return other && expectedMistake(field, `nothing beside ${other}`, module);
    }),
  ];
}

/** Checks the form of what is changed of a module's world; the world itself refuses names and values. */
function changeMistakes({ worldModule, worldChanges: changes }: Found): Mistakes {
  if (changes === undefined) return [];
  if (worldModule === undefined) return [expectedMistake("worldChanges", "nothing without worldModule", changes)];
  if (!isObject(changes)) return [objectMistake("worldChanges", changes)];
  const wrong = Object.entries(changes).filter(([, value]) => !["number", "boolean"].includes(typeof value));
  return wrong.map(([name, value]) => expectedMistake(`worldChanges.${name}`, "a number, true or false", value));
}

/** Checks the name and parameters of a world; of a built-in one all must be present, so that a lock does not depend on defaults. */
function worldMistakes(found: Found): Mistakes {
  const { scenario, parameters } = found;
  if (isCode(found, "world")) {
    const named = typeof scenario === "string" && scenario !== "";
    return [named ? undefined : expectedMistake("scenario", "a text that is not empty", scenario)];
  }
  return [
    scenarioMistake(scenario),
    ...(isObject(parameters)
      ? wholeParameterMistakes(scenario, parameters)
      : [objectMistake("parameters", parameters)]),
  ];
}

function policyMistakes(found: Found): Mistakes {
  const { policy } = found;
  if (typeof policy !== "string") return [expectedMistake("policy", "a text", policy)];
  if (isCode(found, "policy")) return [];
  try {
    parsePolicy(policy);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.errors;
    throw error;
  }
}

function meansMistakes(means: unknown): Mistakes {
  if (!isObject(means)) return [objectMistake("means", means)];
  const wrong = Object.entries(means).filter(([, mean]) => typeof mean !== "number");
  return wrong.map(([name, mean]) => expectedMistake(`means.${name}`, "a number", mean));
}

function blockMistakes(blocks: unknown, users: unknown): Mistakes {
  if (!Array.isArray(blocks)) return [expectedMistake("blocks", "a list of digests", blocks)];
  const count = Math.ceil((users as number) / BLOCK_USERS);
  const wrongCount =
    numberMistake("users", users, USERS) === undefined && blocks.length !== count
      ? expectedMistake("blocks", `a list of ${count} digests, one for every ${BLOCK_USERS} users`, blocks)
      : undefined;
  return [wrongCount, ...blocks.map((digest, place) => hashMistake(`blocks[${place}]`, digest, 16))];
}

function livesMistakes(lives: unknown): Mistakes {
  if (!Array.isArray(lives) || lives.length === 0) return [expectedMistake("lives", "a list of lives", lives)];
  return lives.map((life: unknown, place) =>
    isLife(life)
      ? undefined
      : expectedMistake(`lives[${place}]`, "{ user, steps } with a list of numbers for every step", life),
  );
}

function isLife(life: unknown): boolean {
  if (!isObject(life) || Object.keys(life).length !== 2) return false;
  const { user, steps } = life;
  return Number.isInteger(user) && Array.isArray(steps) && steps.every(isStep);
}

function isStep(step: unknown): boolean {
  return Array.isArray(step) && step.length >= 2 && step.every((value) => typeof value === "number");
}

/** Returns the contradictions between fields that are valid by themselves. */
export function runMistakes(lock: Lock, world: World, policy: RunPolicy): string[] {
  const { scenario, users, firstUser, steps, seed, lives, means } = lock;
  const whose = isCode(lock, "world") ? `the world ${showValue(world.scenario)}` : "the parameters";
  const names = meanNames(world);
  return [
    ...runOptionMistakes(world, policy, runOptionsOnce({ users, firstUser, steps, seed })),
    world.hash === lock.world
      ? undefined
      : expectedMistake("world", `"${world.hash}", the hash of ${whose}`, lock.world),
    world.scenario === scenario
      ? undefined
      : expectedMistake("scenario", `${showValue(world.scenario)}, the name of the world`, scenario),
    ...unknownFieldMistakes("field of means", means, names),
    ...names
      .filter((name) => !Object.hasOwn(means, name))
      .map((name) => expectedMistake(`means.${name}`, "a number", undefined)),
    ...lives.map((life, place) =>
      life.user >= firstUser && life.user < firstUser + users && life.steps.length <= steps
        ? undefined
        : expectedMistake(`lives[${place}]`, `at most ${steps} steps of a user of the run`, life),
    ),
  ].filter((mistake) => mistake !== undefined);
}

export function nameMistake(lock: Lock, policy: RunPolicy): string | undefined {
  const rule = `${showValue(policy.name)}, the name of the ${lock.values?.includes("policy") ? "given" : "module's"} policy`;
  return policy.name === lock.policy ? undefined : expectedMistake("policy", rule, lock.policy);
}

/** Returns the errors that prevent a value from being written as a lock. */
export function shapeMistakes(lock: unknown): (string | undefined)[] {
  if (!isObject(lock)) return [objectMistake("lock", lock)];
  const { blocks, lives } = lock;
  return [
    Array.isArray(blocks) ? undefined : expectedMistake("lock.blocks", "a list of digests", blocks),
    Array.isArray(lives) ? undefined : expectedMistake("lock.lives", "a list of lives", lives),
    ...MODULE_FIELDS.map(({ field }) => {
      const module = lock[field];
      const isAddress = module === undefined || (typeof module === "string" && URL.canParse(module));
      return isAddress ? undefined : expectedMistake(`lock.${field}`, "an address such as file:///…#name", module);
    }),
  ];
}

function hashMistake(field: string, value: unknown, digits: number): string | undefined {
  const legal = typeof value === "string" && value.length === digits && /^[0-9a-f]*$/.test(value);
  return legal ? undefined : expectedMistake(field, `${digits} hexadecimal digits`, value);
}

function isObject(value: unknown): value is Found {
  return objectMistake("", value) === undefined;
}
