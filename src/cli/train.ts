import { InvalidInput, makeEnv } from "../index.js";
import { expectedMistake } from "../check/mistakes.js";
import { toJson } from "../report/json.js";
import { checkpointIterations } from "../train/checkpointFolder.js";
import { TrainRunner, trainSettingMistakes, type TrainSummary } from "../train/index.js";
import { checkAgentFits } from "./agentFit.js";
import { bestFixedMix, describeBestMix } from "./bestMix.js";
import type { Command, Route } from "./command.js";
import { describeTraining } from "./describeTraining.js";
import { AgentRecorder } from "./knowledge.js";
import { checkSolvable, describeOptimum, regretCurve } from "./optimum.js";
import { outputWidth } from "./print.js";
import { readAgent } from "./readAgent.js";
import { readReportFiles } from "./readReportFiles.js";
import { readWords } from "./readWords.js";
import { readWorld } from "./request.js";
import { printSpeed, runTraining } from "./runTraining.js";
import { resumeHint, trainFlags, trainSettings, type TrainValues } from "./trainFlags.js";
import { trainReplications } from "./trainReplications.js";
import { readTableTarget } from "./tableTarget.js";
import { statisticsTable, TRAIN_COLUMNS } from "./trainTables.js";
import { worldLabel } from "./worldLabel.js";

/** `slatesim train`: an agent learns from simulated episodes; what it writes can be resumed to the same bytes. */
export const train: Command = {
  flags: trainFlags,
  execute,
};

async function execute(words: readonly string[], { through }: Route = {}): Promise<void> {
  const { values, mistakes } = readWords(words, trainFlags);
  const world = await readWorld(values, mistakes);
  const trained = await readAgent(values, mistakes);
  await checkAgentFits(world, values, mistakes);
  const table = await readTableTarget(values, TRAIN_COLUMNS, mistakes);
  const files = await readReportFiles(["train", ...words], values, mistakes);
  if (values.replications !== undefined)
    return trainReplications(values, world, trained, { table, files, through }, mistakes);
  if (through !== undefined)
    mistakes.push(expectedMistake("--replications", "a number of trainings, which shards divide", undefined));
  mistakes.push(...needlessMistakes(values));
  const settings = trainSettings(values, world, trained);
  mistakes.push(...trainSettingMistakes(settings));
  if (values.regret) checkSolvable(world, mistakes);
  if (world === undefined || trained === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const env = await makeEnv(world, { seed: values.seed });
  const made = new AgentRecorder(trained.createAgent);
  const runner = new TrainRunner({ ...settings, env, createAgent: made.createAgent });
  const summary = await runTraining((control) => runner.run(control), values.iterations * values.steps, "steps");
  for (const sentence of summary.repaired ?? []) process.stderr.write(`${sentence}\n`);
  if (summary.iterations.length < values.iterations) {
    process.stderr.write(unfinished(summary, values));
    return;
  }
  const [knowledge] = made.knowledge(trained.agent);
  const maxSteps = values.maxStepsPerEpisode;
  const bestMix = await bestFixedMix(world, { seed: values.seed, firstUser: 0, maxSteps });
  const curve = values.regret ? await regretCurve(world, maxSteps, summary.iterations) : undefined;
  const result = { ...summary, knowledge, bestFixedMix: bestMix, ...curve };
  await table.write(() => statisticsTable(summary.settings, summary.iterations, curve?.regrets));
  await files?.write(result);
  if (values.json) return table.print(toJson(result));
  const optimum =
    curve === undefined ? [] : [describeOptimum({ value: curve.optimum, valueError: curve.optimumError })];
  const sentences = [knowledge!, describeBestMix(world, bestMix), ...optimum, ...keptNote(values)];
  table.print(describeTraining(summary, worldLabel(world), sentences, outputWidth(), curve?.regrets));
  printSpeed(summary.timing);
}

/** Returns a note on the number of checkpoints. */
function keptNote({ out, keepCheckpoints: most }: TrainValues): string[] {
  if (out === undefined) return [];
  const kept = checkpointIterations(out);
  const which = `${kept.length === 1 ? "1 checkpoint" : `${kept.length} checkpoints`}, the newest after iteration ${kept.at(-1)}`;
  return [`${out} has ${which}: the last ${most} are kept (--keep-checkpoints).`];
}

function unfinished({ iterations }: TrainSummary, values: TrainValues): string {
  return `Interrupted: ${iterations.length} of ${values.iterations} iterations are finished. ${resumeHint(values)}\n`;
}

/** Returns errors for flags that mean nothing for a single training. */
function needlessMistakes({ evalEpisodes, workers }: TrainValues): string[] {
  const given = Object.entries({ "--eval-episodes": evalEpisodes, "--workers": workers });
  return given
    .filter(([, found]) => found !== undefined)
    .map(([flag, found]) => expectedMistake(flag, "nothing without --replications", found));
}
