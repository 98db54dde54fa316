import { expectedMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { isArray } from "../check/lists.js";
import { listOnce, reading, readOnce } from "../check/readOnce.js";
import { LongTermSatisfactionWorld } from "../worlds/longTermSatisfaction/world.js";
import { worldMistake, type World } from "../world/world.js";
import { argumentMistakes, OPTION_NAMES, returnName, sharedOptionMistakes, type RunOptions } from "./options.js";
import { policyOnce } from "../policies/policyOnce.js";
import { enginesFor, ENGINES, runPolicyMistakes, type RunPolicy } from "../policies/runPolicy.js";
import { precisionMistakes } from "../studies/precision.js";

/** A policy that is compared in a world of its own, or under a name of its own. */
export interface Rival<Policy, RivalWorld> {
  readonly policy: Policy;
  /** With other parameters than the comparison's world, but as many steps. */
  readonly world?: RivalWorld;
  /** Unlike those of all other policies. */
  readonly name?: string;
}

export const MOST_POLICIES = 64;
const LIST_RULE = `a list of 2 to ${MOST_POLICIES} policies`;
const RIVAL_FIELDS = ["policy", "world", "name"];

/** The policy as it was given: by that it is known again. */
const given = Symbol("given");

/** What is compared, as it was read. */
export interface ReadRival extends Rival<RunPolicy, World> {
  readonly [given]: unknown;
}

/** The list as it is now, each policy and rival read once; what is no such list stays what it is, for others to refuse. */
export function rivalsOnce(policies: readonly (RunPolicy | Rival<RunPolicy, World>)[]): readonly ReadRival[] {
  const listed = isArray(policies) && reading("policies", LIST_RULE, policies, () => policies.length <= MOST_POLICIES);
  return listed ? listOnce("policies", policies).map(rivalOnce) : (policies as never);
}

function rivalOnce(item: RunPolicy | Rival<RunPolicy, World>, place: number): ReadRival {
  const field = `policies[${place}]`;
  const isRival = reading(field, "a policy that can be read", item, () => {
    return typeof item === "object" && item !== null && "policy" in item;
  });
  if (!isRival) return { policy: policyOnce(field, item as RunPolicy), [given]: item };
  const rival = readOnce(field, item as Rival<RunPolicy, World>, RIVAL_FIELDS);
  return { ...rival, policy: policyOnce(`${field}.policy`, rival.policy), [given]: rival.policy };
}

/** Everything that is wrong with a comparison that was read, a sentence each. */
export function readCompareMistakes(world: World, policies: readonly ReadRival[], options: RunOptions): string[] {
  const noObject = argumentMistakes(world, options);
  if (noObject.length > 0) return noObject;
  const listed = isArray(policies) && policies.length >= 2 && policies.length <= MOST_POLICIES;
  const rivals = listed ? policies : [];
  const wrong = rivals.flatMap((rival, place) => rivalMistakes(world, rival, `policies[${place}]`, options));
  const names = rivals.map(({ policy, name }) => name ?? policy?.name);
  const engines =
    wrong.length > 0 ? ENGINES : ENGINES.filter((engine) => rivals.every((rival) => canLive(world, rival, engine)));
  return [
    ...unknownFieldMistakes("run option", options, OPTION_NAMES),
    listed ? undefined : unlistedMistake(policies),
    ...wrong,
    ...(wrong.length > 0 ? [] : nameMistakes(world, rivals, names)),
    ...sharedOptionMistakes(options, world, engines),
    ...(options.precision === undefined ? [] : precisionMistakes(options.precision, names, returnName(world))),
  ].filter((mistake) => mistake !== undefined);
}

/** The same of what nobody has read yet. */
export function compareMistakes(world: World, policies: unknown, options: RunOptions): string[] {
  return readCompareMistakes(world, rivalsOnce(policies as never), options);
}

/** A dump of the policies would say nothing. */
function unlistedMistake(policies: unknown): string {
  if (!isArray(policies)) return expectedMistake("policies", LIST_RULE, policies);
  return `"policies" expected ${LIST_RULE}, got ${policies.length}`;
}

function canLive(world: World, { policy, world: own = world }: ReadRival, engine: (typeof ENGINES)[number]): boolean {
  return enginesFor(own, policy).includes(engine);
}

function rivalMistakes(world: World, rival: ReadRival, field: string, { steps }: RunOptions): string[] {
  const own = rival.world ?? world;
  const strange = worldMistake(own);
  if (strange !== undefined) return [`${field}: ${strange}`];
  const sameKind = own instanceof LongTermSatisfactionWorld === world instanceof LongTermSatisfactionWorld;
  const enough = steps === undefined ? own.timeBudget === world.timeBudget : steps <= own.timeBudget;
  const { name } = rival;
  return [
    ...unknownFieldMistakes("field of a rival", rival, RIVAL_FIELDS),
    ...runPolicyMistakes(own, rival.policy),
    sameKind ? undefined : expectedMistake("world", "a world of the same kind as the comparison's", own.scenario),
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

/** One name stands for one policy in one world; the same may come twice. */
function nameMistakes(world: World, rivals: readonly ReadRival[], names: readonly string[]): (string | undefined)[] {
  return rivals.map((rival, place) => {
    const first = names.indexOf(names[place]!);
    const same = isSame(world, rivals[first]!, rival);
    return same ? undefined : expectedMistake(`policies[${place}].name`, "one that no other has", names[place]);
  });
}

function isSame(world: World, a: ReadRival, b: ReadRival): boolean {
  const samePolicy =
    a[given] === b[given] || ("rule" in a.policy && "rule" in b.policy && a.policy.name === b.policy.name);
  return samePolicy && (a.world ?? world).hash === (b.world ?? world).hash;
}
