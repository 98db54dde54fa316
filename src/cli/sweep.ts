import { InvalidInput } from "../check/invalidInput.js";
import { describeSpeed } from "../report/describeRun.js";
import { describeSweep } from "../report/describeSweep.js";
import { toJson } from "../report/json.js";
import { sweepTable } from "../report/sweepTable.js";
import { sweep as sweepAll } from "../sweep/sweep.js";
import {
  needsSolutions,
  policiesOnce,
  sweepMistakes,
  sweepOptionsOnce,
  worldsOnce,
  type SweepOptions,
} from "../sweep/sweepOptions.js";
import type { SweepWorld } from "../sweep/worldGrid.js";
import type { RunPolicy, SolvedPolicy, Sweep } from "../index.js";
import type { Command, QueueChoice, Route, ThroughShards } from "./command.js";
import { config, experimentOf, readExperimentWords } from "./config.js";
import { list, type FlagValues } from "./flag.js";
import { csv, isSolved, json, regret, reportFlags, scenarioFlags, simulationFlags, userFlags } from "./flags.js";
import { withInterrupt } from "./interrupt.js";
import { effectivePolicies, policyListFlags, readPolicies } from "./policyList.js";
import { note, outputWidth } from "./print.js";
import { withProgress } from "./progress.js";
import { readReportFiles } from "./readReportFiles.js";
import { readSeed } from "./readSeed.js";
import { effectiveExtent, readRunOptions } from "./request.js";
import { effectiveAxes, readSweepWorlds, sweepLabel } from "./sweepWorlds.js";
import { readTableTarget } from "./tableTarget.js";

const { precision: _precision, maxUsers: _maxUsers, users: _users, ...cellFlags } = simulationFlags;

const flags = {
  config,
  ...scenarioFlags,
  vary: list(
    "--vary NAME=VALUES",
    "Give parameter NAME each of VALUES: 0.01,0.02,0.05, or FROM:TO:COUNT for evenly spaced numbers. Several make a grid.",
  ),
  world: list(
    "--world FILE#EXPORT",
    "Simulate the world EXPORT of module FILE as a cell, or a world file under every --vary. Excludes --scenario and tables; only world files have --param and --vary.",
  ).standsOnlyFor("world module"),
  ...policyListFlags,
  users: userFlags.users,
  firstUser: userFlags.firstUser,
  steps: userFlags.steps,
  seed: list("--seed TEXT", "Simulate every cell also under seed TEXT.").default(undefined, "0").standsFor("seeds"),
  ...cellFlags,
  regret,
  csv,
  ...reportFlags,
  json,
};

type Values = FlagValues<typeof flags>;
type SweptPolicies = readonly (RunPolicy | SolvedPolicy)[];

/** `slatesim sweep`: policies in many worlds. */
export const sweep: Command = { flags, execute };

async function execute(words: readonly string[], route: Route = {}): Promise<void> {
  const { values, mistakes, wrong } = await readExperimentWords(words, flags, "sweep");
  const unknown =
    values.world.length + values.vary.length === 0 && (wrong.includes("vary") || wrong.includes("worlds"));
  const worlds = unknown ? undefined : await readSweepWorlds(values, mistakes);
  const optimum = values.policy.some(isSolved) ? await import("./optimum.js") : undefined;
  const given = await readPolicies(values, worlds?.[0]?.world, optimum?.unsolved, mistakes);
  const policies = given.map((policy) => policy && (optimum?.solvedInEach(policy) ?? policy));
  const options = readOptions(values, mistakes, route.queue);
  if (worlds !== undefined && !policies.includes(undefined))
    mistakes.push(...allMistakes(worlds, policies as SweptPolicies, options));
  const varied = Object.keys(worlds?.[0]?.at ?? {});
  const target = await readTableTarget(values, varied, mistakes);
  const store = await readSweepStore(values, mistakes);
  const files = await readReportFiles(["sweep", ...words], values, mistakes);
  if (worlds === undefined || mistakes.length > 0) throw new InvalidInput([...new Set(mistakes)]);
  const simulated = { ...options, ...(store && { store }) };
  const swept = await simulateCells(worlds, policies as SweptPolicies, simulated, route.through);
  if (swept === undefined) return;
  const result = { ...swept, config: experimentOf("sweep", values, effectiveSweep(values, swept, worlds)) };
  if (values.out !== undefined && result.interrupted !== true) {
    const { writeResult } = await import("./outFolder.js");
    writeResult(values.out, result);
  }
  await target.write(() => sweepTable(result, varied));
  target.print(values.json ? toJson(result) : describeSweep(result, sweepLabel(values, worlds), outputWidth()));
  if (!values.json) note(describeSpeed(result.timing));
  await files?.write(result);
}

function effectiveSweep(values: Values, { users, seeds }: Sweep, [first]: readonly SweepWorld[]) {
  const { world: modules, scenario } = values;
  const extent = effectiveExtent({ scenario, world: modules[0] }, { users });
  return { ...extent, vary: effectiveAxes(values), seeds, policies: effectivePolicies(values, first!.world) };
}

/** Sweeps with a progress bar for the worlds that are solved, if any, and one for the users of all cells. */
function simulateCells(
  worlds: readonly SweepWorld[],
  policies: SweptPolicies,
  options: SweepOptions,
  through?: ThroughShards,
): Promise<Sweep | undefined> {
  const total = worlds.length * (options.seeds?.length ?? 1) * options.users!;
  return withInterrupt((signal) =>
    withProgress(total, (onProgress) => {
      const onSolved = (done: number, count: number): void => onProgress(done, count, "worlds");
      if (needsSolutions(policies, options.regret)) onSolved(0, worlds.length);
      const simulation = (control: object) =>
        sweepAll(worlds, policies, { ...options, signal, onSolved, onProgress, ...control });
      return through === undefined ? simulation({}) : through(simulation);
    }),
  );
}

function allMistakes(worlds: readonly SweepWorld[], policies: SweptPolicies, given: SweepOptions) {
  const options = sweepOptionsOnce(given);
  return sweepMistakes({ worlds: worldsOnce(worlds), policies: policiesOnce(policies), options });
}

function readOptions(values: Values, mistakes: string[], queue: QueueChoice | undefined): SweepOptions {
  const { seed: _seed, ...run } = readRunOptions({ ...values, seed: "" }, mistakes, queue);
  const seeds = values.seed.map(readSeed);
  return { ...run, ...(seeds.length > 0 && { seeds }), regret: values.regret };
}

async function readSweepStore({ out, repair, force }: Values, mistakes: string[]) {
  if (out === undefined && !repair) return undefined;
  const { readSweepFolder } = await import("./outFolder.js");
  return readSweepFolder({ out, repair, force }, mistakes);
}
