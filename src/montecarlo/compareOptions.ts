import { expectedMistake, oneOfMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { isArray } from "../check/lists.js";
import { listOnce, reading, readOnce } from "../check/readOnce.js";
import { ENGINES } from "../engines/openEngine.js";
import { policyMistakes } from "../policies/policyMistakes.js";
import { policyOnce } from "../policies/policyOnce.js";
import { precisionMistakes, returnNames } from "../studies/stoppingRule.js";
import { declarationsOf } from "../world/metrics.js";
import type { RunPolicy } from "../world/policy.js";
import { worldMistake, type World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { argumentMistakes, sharedOptionMistakes, supportedEngines } from "./optionMistakes.js";
import { COMPARE_OPTION_NAMES, type ReadCompareOptions, type ReadOptions } from "./options.js";

/** A policy that is compared in another world than the comparison's, or under another name. */
export interface Variant<T extends WorldTypes = WorldTypes> {
  readonly policy: RunPolicy<T>;
  /** The world that it is in, with as many steps and the same metrics as the comparison's. Default: the comparison's. */
  readonly world?: World<T>;
  /** Name in results, different from all others. Default: the policy's name. */
  readonly name?: string;
}

export const MAX_POLICIES = 64;
const LIST_RULE = `a list of 2 to ${MAX_POLICIES} policies`;
const VARIANT_FIELDS = ["policy", "world", "name"];

/** The policy object passed in, which identifies the policy. */
const given = Symbol("given");

/** A variant that was read once. */
export interface ReadVariant extends Variant {
  readonly [given]: unknown;
}

/** Reads the list once, and each of its policies and variants; returns anything else unchanged, for `compareMistakes` to refuse. */
export function variantsOnce(policies: readonly (RunPolicy | Variant)[]): readonly ReadVariant[] {
  const listed = isArray(policies) && reading("policies", LIST_RULE, policies, () => policies.length <= MAX_POLICIES);
  return listed ? listOnce("policies", policies).map(variantOnce) : (policies as never);
}

function variantOnce(item: RunPolicy | Variant, place: number): ReadVariant {
  const field = `policies[${place}]`;
  const isVariant = reading(field, "a policy that can be read", item, () => {
    return typeof item === "object" && item !== null && "policy" in item;
  });
  if (!isVariant) return { policy: policyOnce(field, item as RunPolicy), [given]: item };
  const variant = readOnce(field, item as Variant, VARIANT_FIELDS);
  return { ...variant, policy: policyOnce(`${field}.policy`, variant.policy), [given]: variant.policy };
}

/** Returns all errors in a comparison that was read. */
export function compareMistakes(world: World, policies: readonly ReadVariant[], options: ReadCompareOptions): string[] {
  const noObject = argumentMistakes(world, options);
  if (noObject.length > 0) return noObject;
  const listed = isArray(policies) && policies.length >= 2 && policies.length <= MAX_POLICIES;
  const variants = listed ? policies : [];
  const wrong = variants.flatMap((variant, place) => variantMistakes(world, variant, `policies[${place}]`, options));
  const names = variants.map(({ policy, name }) => name ?? policy?.name);
  const engines =
    wrong.length > 0
      ? ENGINES
      : ENGINES.filter((engine) =>
          variants.every(({ policy, world: own = world }) => supportedEngines(own, policy, options).includes(engine)),
        );
  const { precision, baseline } = options;
  return [
    ...unknownFieldMistakes("run option", options, COMPARE_OPTION_NAMES),
    listed ? undefined : unlistedMistake(policies),
    ...wrong,
    ...(wrong.length > 0 ? [] : nameMistakes(world, variants, names)),
    baseline === undefined || wrong.length > 0 || !listed ? undefined : oneOfMistake("baseline", baseline, names),
    ...sharedOptionMistakes(options, world, engines),
    ...(precision === undefined ? [] : precisionMistakes(precision, names, returnNames(world))),
  ].filter((mistake) => mistake !== undefined);
}

/** Returns an error with the number of policies, because printing them would not help. */
function unlistedMistake(policies: unknown): string {
  if (!isArray(policies)) return expectedMistake("policies", LIST_RULE, policies);
  return `"policies" expected ${LIST_RULE}, got ${policies.length}`;
}

function variantMistakes(world: World, variant: ReadVariant, field: string, { steps }: ReadOptions): string[] {
  const own = variant.world ?? world;
  const strange = worldMistake(own);
  if (strange !== undefined) return [`${field}: ${strange}`];
  const enough = steps === undefined ? own.timeBudget === world.timeBudget : steps <= own.timeBudget;
  const { name } = variant;
  return [
    ...unknownFieldMistakes("field of a variant", variant, VARIANT_FIELDS),
    ...policyMistakes(own, variant.policy, steps ?? own.timeBudget),
    namesOf(own) === namesOf(world)
      ? undefined
      : expectedMistake("world", "a world with the same metrics as the comparison's", own.scenario),
    enough
      ? undefined
      : expectedMistake("timeBudget", `${steps ?? world.timeBudget} steps, as the comparison has`, own.timeBudget),
    name === undefined || (typeof name === "string" && name !== "")
      ? undefined
      : expectedMistake("name", "a text that is not empty", name),
  ]
    .filter((mistake) => mistake !== undefined)
    .map((mistake) => `${field}: ${mistake}`);
}

/** Returns the fields of a world that must be equal, so that differences and metrics can be compared. */
function namesOf({ rewardName, metrics }: World): string {
  return JSON.stringify([rewardName, declarationsOf(Object.entries(metrics))]);
}

/** Returns errors for names of several policies or worlds; the same policy in the same world may occur twice. */
function nameMistakes(
  world: World,
  variants: readonly ReadVariant[],
  names: readonly string[],
): (string | undefined)[] {
  return variants.map((variant, place) => {
    const first = names.indexOf(names[place]!);
    const same = isSame(world, variants[first]!, variant);
    return same ? undefined : expectedMistake(`policies[${place}].name`, "one that no other has", names[place]);
  });
}

function isSame(world: World, a: ReadVariant, b: ReadVariant): boolean {
  const samePolicy =
    a[given] === b[given] || ("rule" in a.policy && "rule" in b.policy && a.policy.name === b.policy.name);
  return samePolicy && (a.world ?? world).hash === (b.world ?? world).hash;
}
