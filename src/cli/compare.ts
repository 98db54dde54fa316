import { InvalidInput } from "../check/invalidInput.js";
import type { LongTermSatisfactionWorld, LtsRunPolicy, Rival, RunOptions } from "../index.js";
import { compare as compareAll } from "../montecarlo/compare.js";
import { compareMistakes, MOST_POLICIES } from "../montecarlo/compareOptions.js";
import { policies } from "../policies/policy.js";
import { describeComparison } from "../report/describeComparison.js";
import { describeSpeed } from "../report/describeRun.js";
import { toJson } from "../report/json.js";
import { makeWorld } from "../worlds/scenarios.js";
import { attempt } from "./attempt.js";
import type { Command } from "./command.js";
import { commonFlags, volumeFlags, type FlagTable, type FlagValues } from "./flags.js";
import { live } from "./live.js";
import { parseFlags } from "./parseFlags.js";
import { parseParameters } from "./parseParameters.js";
import { note, outputWidth, print } from "./print.js";
import { checkRunOptions, readPolicy, readPolicyModule, readRunOptions, readStore, readWorld } from "./request.js";
import { worldLabel } from "./worldLabel.js";

const { scenario, policy, ...otherFlags } = commonFlags;
const flags = {
  scenario: { ...scenario, default: "lts-tradeoff" },
  policy: {
    type: "list",
    value: policy.value,
    help: `${policy.help} (repeatable; unless given, random and every mix)`,
  },
  "policy-module": {
    type: "list",
    value: "file#export",
    help: "also a batch or agent policy that a module exports (repeatable)",
  },
  "what-if": { type: "list", value: "name=value", help: "also every policy with that parameter changed (repeatable)" },
  ...otherFlags,
  ...volumeFlags,
} as const satisfies FlagTable;

/** `slatesim compare`: several policies on the same users and the same draws. */
export const compare: Command = {
  flags,
  execute,
};

type LtsRival = Rival<LtsRunPolicy, LongTermSatisfactionWorld>;

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes } = parseFlags(words, flags);
  const world = readWorld(values, mistakes);
  const rivals = await readRivals(values, world, mistakes);
  const options = readRunOptions(values, mistakes);
  const amiss = rivals.includes(undefined) ? undefined : numberMistake(rivals.length);
  if (amiss !== undefined) mistakes.push(amiss);
  if (world === undefined || rivals.includes(undefined) || amiss !== undefined)
    checkRunOptions(options, world, undefined, mistakes);
  else mistakes.push(...compareMistakes(world, rivals, options));
  const store = await readStore(values, mistakes);
  if (world === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const out = store && { folder: values.out!, store };
  const simulation = (control: Partial<RunOptions>) =>
    compareAll(world, rivals as LtsRival[], { ...options, ...control });
  const comparison = await live(simulation, options, out);
  print(values.json ? toJson(comparison) : describeComparison(comparison, worldLabel(world), outputWidth()));
  if (!values.json) note(describeSpeed(comparison.timing));
}

/** What is wrong with so many policies. */
function numberMistake(count: number): string | undefined {
  if (count < 2) return '"--policy" expected two policies to compare, or one beside --what-if, got one alone';
  if (count <= MOST_POLICIES) return undefined;
  return `"--policy" expected at most ${MOST_POLICIES} policies, each --what-if counting them anew, got ${count}`;
}

/** Every policy as it is, then every policy under each "what if". */
async function readRivals(
  values: FlagValues<typeof flags>,
  world: LongTermSatisfactionWorld | undefined,
  mistakes: string[],
): Promise<(LtsRival | undefined)[]> {
  const named = values.policy.map((name) => readPolicy(name, mistakes));
  const imported = await Promise.all(values["policy-module"].map((module) => readPolicyModule(module, mistakes)));
  const given = named.length + imported.length === 0 ? randomAndMixes(world) : [...named, ...imported];
  const changes = values["what-if"].map((change) => readChange(change, values, world, mistakes));
  const changed = changes.flatMap((other) =>
    given.map((each) => each && other && { policy: each, ...rivalIn(each, other) }),
  );
  return [...given.map((each) => each && { policy: each }), ...changed];
}

function randomAndMixes(world: LongTermSatisfactionWorld | undefined): LtsRunPolicy[] {
  const mixes = Array.from({ length: (world?.slateSize ?? 0) + 1 }, (_, m) => policies.mix(m));
  return [policies.random(), ...mixes];
}

interface ChangedWorld {
  readonly world: LongTermSatisfactionWorld;
  readonly change: string;
}

function readChange(
  change: string,
  { scenario: name, param }: FlagValues<typeof flags>,
  world: LongTermSatisfactionWorld | undefined,
  mistakes: string[],
): ChangedWorld | undefined {
  const base = parseParameters(param).parameters;
  const { parameters, mistakes: misread } = parseParameters([change], "--what-if");
  mistakes.push(...misread);
  if (world === undefined || misread.length > 0) return undefined;
  const changed = attempt(mistakes, () => makeWorld(name, { ...base, ...parameters }));
  return changed && { world: changed, change };
}

function rivalIn(policyThere: LtsRunPolicy, { world, change }: ChangedWorld): Omit<LtsRival, "policy"> {
  return { world, name: `${policyThere.name} with ${change}` };
}
