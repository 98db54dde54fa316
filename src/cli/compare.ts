import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import { regretOf } from "../index.js";
import type { CompareOptions, Comparison, Parameters, RunOptions, RunPolicy, Variant, World } from "../index.js";
import { compare as compareAll } from "../montecarlo/compare.js";
import { compareMistakes, MAX_POLICIES, variantsOnce } from "../montecarlo/compareOptions.js";
import { compareOptionsOnce } from "../montecarlo/optionsOnce.js";
import { describeComparison } from "../report/describeComparison.js";
import { describeRegrets, type PolicyRegret } from "../report/describeRegrets.js";
import { describeSpeed } from "../report/describeRun.js";
import { toJson } from "../report/json.js";
import { comparisonTable, RESULT_COLUMNS } from "../report/resultTable.js";
import type { BuiltInWorld } from "../worlds/scenarios.js";
import type { Command, Route } from "./command.js";
import { config, experimentOf, readExperimentWords } from "./config.js";
import { asText, list, toggle, value, type FlagValues } from "./flag.js";
import { csv, isSolved, json, regret, reportFlags, userFlags, simulationFlags, worldFlags } from "./flags.js";
import { effectivePolicies, policyListFlags, readPolicies } from "./policyList.js";
import { simulateMany } from "./simulateMany.js";
import type { Solutions } from "./optimum.js";
import { parseParameters } from "./parseParameters.js";
import { note, outputWidth } from "./print.js";
import { changeWorldModule } from "./readModule.js";
import { readReportFiles } from "./readReportFiles.js";
import { checkRunOptions, effectiveExtent, makeScenario, readRunOptions, readStore, readWorld } from "./request.js";
import { readTableTarget } from "./tableTarget.js";
import { describedWorld } from "./worldLabel.js";

const flags = {
  config,
  ...worldFlags,
  ...policyListFlags,
  whatIf: list("--what-if NAME=VALUE", "Compare each policy also with parameter NAME set to VALUE."),
  baseline: value("--baseline NAME", "Compare every policy with NAME. Excludes --all-pairs.", asText).default(
    undefined,
    "the first policy",
  ),
  allPairs: toggle("--all-pairs", "Show every two policies."),
  ...userFlags,
  ...simulationFlags,
  regret,
  csv,
  ...reportFlags,
  json,
};

/** `slatesim compare`: several policies on the same users with common random numbers. */
export const compare: Command = {
  flags,
  execute,
};

async function execute(words: readonly string[], route: Route = {}): Promise<void> {
  const { values, mistakes } = await readExperimentWords(words, flags, "compare");
  const world = await readWorld(values, mistakes);
  const optimum = values.regret || values.policy.some(isSolved) ? await import("./optimum.js") : undefined;
  const variants = await readVariants(values, world, optimum?.unsolved, mistakes);
  const options = readRunOptions(values, mistakes, route.queue);
  const { baseline, allPairs } = values;
  const compared: CompareOptions = { ...options, ...(baseline !== undefined && { baseline }) };
  if (baseline !== undefined && allPairs)
    mistakes.push(expectedMistake("--baseline", "nothing beside --all-pairs", baseline));
  const amiss = variants.includes(undefined) ? undefined : numberMistake(variants.length);
  if (amiss !== undefined) mistakes.push(amiss);
  if (world === undefined || variants.includes(undefined) || amiss !== undefined)
    checkRunOptions(options, world, undefined, mistakes);
  else mistakes.push(...compareMistakes(world, variantsOnce(variants as Variant[]), compareOptionsOnce(compared)));
  const toSolve = variants.filter((variant) => values.regret || optimum?.isUnsolved(variant?.policy));
  for (const each of optimum ? worldsOf(world, toSolve) : []) optimum!.checkSolvable(each, mistakes);
  const table = await readTableTarget(values, RESULT_COLUMNS, mistakes);
  const store = await readStore(values, mistakes);
  const files = await readReportFiles(["compare", ...words], values, mistakes);
  if (world === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const out = store && { folder: values.out!, store };
  const solutions = optimum && new optimum.Solutions(options);
  const solved = await solvedVariants(world, variants as Variant[], solutions);
  const experiment = experimentOf("compare", values, effectiveCompare(values, options, world));
  const simulation = async (control: Partial<RunOptions>) => ({
    ...(await compareAll(world, solved, { ...compared, ...control })),
    config: experiment,
  });
  const comparison = await simulateMany(simulation, options, out, route.through);
  if (comparison === undefined) return;
  const regrets = values.regret ? await regretsIn(comparison, worldsOf(world, variants), solutions!) : undefined;
  const result = { ...comparison, ...(regrets && { regrets }) };
  await table.write(() => comparisonTable(comparison, allPairs));
  table.print(values.json ? toJson(result) : describe(comparison, regrets, describedWorld(world), allPairs));
  if (!values.json) note(describeSpeed(comparison.timing));
  await files?.write(result);
}

function describe(
  comparison: Comparison,
  regrets: readonly PolicyRegret[] | undefined,
  described: ReturnType<typeof describedWorld>,
  allPairs: boolean,
): string {
  const texts = [describeComparison(comparison, described, outputWidth(), allPairs)];
  if (regrets !== undefined) texts.push(describeRegrets(regrets, described, outputWidth()));
  return texts.join("\n\n");
}

function effectiveCompare(values: FlagValues<typeof flags>, options: RunOptions, world: World) {
  return { ...effectiveExtent(values, options), policies: effectivePolicies(values, world) };
}

/** Returns the world of every variant. */
function worldsOf(world: World | undefined, variants: readonly (Variant | undefined)[]): (World | undefined)[] {
  return variants.map((variant) => variant?.world ?? world);
}

/** Solves, one after the other, the worlds of the optimal policies. */
async function solvedVariants(
  world: World,
  variants: readonly Variant[],
  solutions: Solutions | undefined,
): Promise<readonly Variant[]> {
  if (solutions === undefined) return variants;
  const solved: Variant[] = [];
  for (const variant of variants) {
    solved.push({ ...variant, policy: await solutions.policyIn(variant.world ?? world, variant.policy) });
  }
  return solved;
}

/** Returns every policy's regret in its world. */
async function regretsIn(
  { policies: compared }: Comparison,
  worlds: readonly (World | undefined)[],
  solutions: Solutions,
): Promise<PolicyRegret[]> {
  const regrets: PolicyRegret[] = [];
  for (const [place, { policy, metrics }] of compared.entries()) {
    const solution = await solutions.of(worlds[place]!);
    const { value: optimum, valueError: optimumError } = solution;
    regrets.push({ policy, optimum, optimumError, ...regretOf(solution, metrics.totalReward) });
  }
  return regrets;
}

/** Returns an error for a number of policies that cannot be compared. */
function numberMistake(count: number): string | undefined {
  if (count < 2) return '"--policy" expected two policies to compare, or one beside --what-if, got one alone';
  if (count <= MAX_POLICIES) return undefined;
  return `"--policy" expected at most ${MAX_POLICIES} policies, each --what-if counting them anew, got ${count}`;
}

/** `unsolved` stand for the policies that take a solution. Returns every policy in the world itself, then every policy under each "what if". */
async function readVariants(
  values: FlagValues<typeof flags>,
  world: World | undefined,
  unsolved: Readonly<Record<string, RunPolicy>> | undefined,
  mistakes: string[],
): Promise<(Variant | undefined)[]> {
  const given = await readPolicies(values, world, unsolved, mistakes);
  const changes = values.whatIf.map((text) => readChange(text, values, world, mistakes));
  const changed = changes.flatMap((other) =>
    given.map((each) => each && other && { policy: each, ...variantIn(each, other) }),
  );
  return [...given.map((each) => each && { policy: each }), ...changed];
}

interface ChangedWorld {
  readonly world: World;
  readonly change: string;
}

function readChange(
  change: string,
  { scenario, world: module, param }: FlagValues<typeof flags>,
  world: World | undefined,
  mistakes: string[],
): ChangedWorld | undefined {
  const { parameters, mistakes: misread } = parseParameters([change], "--what-if");
  mistakes.push(...misread);
  if (world === undefined || misread.length > 0) return undefined;
  const changed =
    module === undefined
      ? changedScenario({ scenario, param }, world, parameters, mistakes)
      : changeWorldModule(world, parameters, ["--what-if", [change]], mistakes);
  return changed && { world: changed, change };
}

/** Returns the world of a scenario with changes beside those of `--param`. */
function changedScenario(
  { scenario, param }: Pick<FlagValues<typeof flags>, "scenario" | "param">,
  world: World,
  changes: Readonly<Record<string, unknown>>,
  mistakes: string[],
): World | undefined {
  const { users, documents } = (world as BuiltInWorld<Parameters>).parameters; // perhaps from files
  const base = { ...parseParameters(param).parameters, users, documents };
  return makeScenario(scenario, { ...base, ...changes }, mistakes) as World | undefined;
}

function variantIn(policyThere: RunPolicy, { world, change }: ChangedWorld): Omit<Variant, "policy"> {
  return { world, name: `${policyThere.name} with ${change}` };
}
