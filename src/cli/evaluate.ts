import { agentNames, InvalidInput, makeEnv } from "../index.js";
import { toJson } from "../report/json.js";
import { EvalRunner, evalSettingMistakes, type EvalSummary } from "../train/index.js";
import { bestFixedMix, describeBestMix } from "./bestMix.js";
import type { Command } from "./command.js";
import { describeEvaluation } from "./describeTraining.js";
import { readTarget } from "./evalTarget.js";
import { asNumber, asText, toggle, value } from "./flag.js";
import { DEFAULT_SCENARIO } from "../worlds/scenarios.js";
import { csv, json, maxStepsPerEpisode, regret, reportFlags, SCENARIOS, userFlags, worldFlags } from "./flags.js";
import { AgentRecorder } from "./knowledge.js";
import { checkSolvable, describeOptimum, regretCurve } from "./optimum.js";
import { outputWidth } from "./print.js";
import { readReportFiles } from "./readReportFiles.js";
import { readWords } from "./readWords.js";
import { printSpeed, runTraining } from "./runTraining.js";
import { readTableTarget } from "./tableTarget.js";
import { statisticsTable, TRAIN_COLUMNS } from "./trainTables.js";
import { worldLabel } from "./worldLabel.js";

const flags = {
  out: value(
    "--out FOLDER",
    "Evaluate the checkpoints of the training run in FOLDER; results are written there.",
    asText,
  ),
  checkpoint: value(
    "--checkpoint WHICH",
    "Evaluate the checkpoint after WHICH iterations, the newest, or each: a number, newest, each. Excludes --agent.",
    asText,
  ).default(undefined, "newest"),
  agent: value("--agent NAME", `Evaluate a fresh agent NAME: ${agentNames.join(", ")}. Excludes --checkpoint.`, asText),
  agentModule: value(
    "--agent-module FILE#EXPORT",
    "Evaluate the agent that the function EXPORT of module FILE creates: that of the checkpoints in --out, or a fresh one without any. Excludes --agent.",
    asText,
  ).standsFor("agent module"),
  scenario: value("--scenario NAME", `Simulate scenario NAME: ${SCENARIOS}. Needs a fresh agent.`, asText).default(
    undefined,
    DEFAULT_SCENARIO,
  ),
  param: worldFlags.param,
  usersFrom: value(
    "--users-from FILE",
    `${worldFlags.usersFrom.description} Checkpoints that were trained on a table need it.`,
    asText,
  ),
  documentsFrom: worldFlags.documentsFrom,
  world: value(
    "--world FILE#EXPORT",
    "Simulate the world EXPORT of module FILE; checkpoints that were trained in a module's world need it. Excludes --scenario and tables; only a world file has --param.",
    asText,
  ).standsOnlyFor("world module"),
  episodes: value("--episodes COUNT", "Simulate COUNT episodes.", asNumber, 100).standsFor("maxEvalEpisodes"),
  maxStepsPerEpisode,
  seed: userFlags.seed,
  force: toggle("--force", "Replace files in FOLDER that slatesim did not write."),
  regret,
  csv,
  ...reportFlags,
  json,
};

/** `slatesim eval`: evaluates the agents of a run's checkpoints on users that training never has. */
export const evaluate: Command = {
  flags,
  execute,
};

/** Training simulates the users from 0 on, and never reaches this one. */
const FIRST_USER = 2 ** 31;

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes } = readWords(words, flags);
  const limits = { maxEvalEpisodes: values.episodes, maxStepsPerEpisode: values.maxStepsPerEpisode };
  const settings = values.out === undefined ? limits : { ...limits, out: values.out, force: values.force };
  mistakes.push(...evalSettingMistakes(settings));
  const target = await readTarget(values, mistakes);
  if (values.regret) checkSolvable(target?.world, mistakes);
  const table = await readTableTarget(values, TRAIN_COLUMNS, mistakes);
  const files = await readReportFiles(["eval", ...words], values, mistakes);
  if (target === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const { world, agent, createAgent, checkpoints } = target;
  const env = await makeEnv(world, { seed: values.seed, user: FIRST_USER });
  const provenance = {
    scenario: world.scenario,
    world: world.hash,
    agent,
    evalSeed: values.seed,
    firstUser: FIRST_USER,
  };
  const trained = checkpoints === undefined ? {} : { checkpoints };
  const made = new AgentRecorder(createAgent);
  const runner = new EvalRunner({ ...settings, env, createAgent: made.createAgent, provenance, ...trained });
  const wanted = checkpoints?.length ?? 1;
  const summary = await runTraining((control) => runner.run(control), wanted * values.episodes, "episodes");
  if (summary.evaluations.length < wanted) {
    process.stderr.write(unfinished(summary, wanted, values.out));
    return;
  }
  const knowledge = made.knowledge(agent);
  const extent = { seed: values.seed, firstUser: FIRST_USER, maxSteps: limits.maxStepsPerEpisode };
  const bestMix = await bestFixedMix(world, extent);
  const curve = values.regret ? await regretCurve(world, limits.maxStepsPerEpisode, summary.evaluations) : undefined;
  const result = { ...summary, knowledge, bestFixedMix: bestMix, ...curve };
  await table.write(() => statisticsTable(summary.settings, summary.evaluations, curve?.regrets));
  await files?.write(result);
  if (values.json) return table.print(toJson(result));
  const optimum =
    curve === undefined ? [] : [describeOptimum({ value: curve.optimum, valueError: curve.optimumError })];
  const sentences = [knowledge.at(-1)!, describeBestMix(world, bestMix), ...optimum];
  table.print(describeEvaluation(summary, worldLabel(world), sentences, outputWidth(), curve?.regrets));
  printSpeed(summary.timing);
}

function unfinished({ evaluations }: EvalSummary, wanted: number, out: string | undefined): string {
  const kept = out === undefined || evaluations.length === 0 ? "" : ` Results are in ${out}.`;
  return `Interrupted: ${evaluations.length} of ${wanted} evaluations ${wanted === 1 ? "is" : "are"} finished.${kept}\n`;
}
