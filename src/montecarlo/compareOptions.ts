import { expectedMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { LongTermSatisfactionWorld } from "../scenario/longTermSatisfaction/world.js";
import { worldMistake, type World } from "../scenario/world.js";
import { argumentMistakes, OPTION_NAMES, returnName, sharedOptionMistakes, type RunOptions } from "./options.js";
import { enginesFor, ENGINES, runPolicyMistakes, type RunPolicy } from "./runPolicy.js";
import { precisionMistakes } from "./study/precision.js";

/** A policy that is compared in a world of its own, or under a name of its own. */
export interface Rival<Policy, RivalWorld> {
  readonly policy: Policy;
  /** With other parameters than the comparison's world, but as many steps. */
  readonly world?: RivalWorld;
  /** Unlike those of all other policies. */
  readonly name?: string;
}

export const MOST_POLICIES = 64;

/** Everything that is wrong with a comparison, a sentence each. */
export function compareMistakes(world: World, policies: unknown, options: RunOptions): string[] {
  const noObject = argumentMistakes(world, options);
  if (noObject.length > 0) return noObject;
  const listed = Array.isArray(policies) && policies.length >= 2 && policies.length <= MOST_POLICIES;
  const rivals = listed ? policies.map((given) => (isRival(given) ? given : { policy: given as RunPolicy })) : [];
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

/** A dump of the policies would say nothing. */
function unlistedMistake(policies: unknown): string {
  const rule = `a list of 2 to ${MOST_POLICIES} policies`;
  if (!Array.isArray(policies)) return expectedMistake("policies", rule, policies);
  return `"policies" expected ${rule}, got ${policies.length}`;
}

type AnyRival = Rival<RunPolicy, World>;

function isRival(given: unknown): given is AnyRival {
  return typeof given === "object" && given !== null && "policy" in given;
}

function canLive(world: World, { policy, world: own = world }: AnyRival, engine: (typeof ENGINES)[number]): boolean {
  return enginesFor(own, policy).includes(engine);
}

function rivalMistakes(world: World, rival: AnyRival, field: string, { steps }: RunOptions): string[] {
  const own = rival.world ?? world;
  const strange = worldMistake(own);
  if (strange !== undefined) return [`${field}: ${strange}`];
  const sameKind = own instanceof LongTermSatisfactionWorld === world instanceof LongTermSatisfactionWorld;
  const enough = steps === undefined ? own.timeBudget === world.timeBudget : steps <= own.timeBudget;
  const { name } = rival;
  return [
    ...unknownFieldMistakes("field of a rival", isRival(rival) ? rival : {}, ["policy", "world", "name"]),
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
function nameMistakes(world: World, rivals: readonly AnyRival[], names: readonly string[]): (string | undefined)[] {
  return rivals.map((rival, place) => {
    const first = names.indexOf(names[place]!);
    const same = isSame(world, rivals[first]!, rival);
    return same ? undefined : expectedMistake(`policies[${place}].name`, "one that no other has", names[place]);
  });
}

function isSame(world: World, a: AnyRival, b: AnyRival): boolean {
  const samePolicy =
    a.policy === b.policy || ("rule" in a.policy && "rule" in b.policy && a.policy.name === b.policy.name);
  return samePolicy && (a.world ?? world).hash === (b.world ?? world).hash;
}
