import { agentNames, InvalidInput, makeEnv, type Json, type World } from "../index.js";
import { toJson } from "../report/json.js";
import { checkpointIterations } from "../train/checkpointFolder.js";
import {
  TrainRunner,
  trainSettingMistakes,
  type Settings,
  type TrainSettings,
  type TrainSummary,
} from "../train/index.js";
import { bestFixedMix, describeBestMix } from "./bestMix.js";
import type { Command } from "./command.js";
import { describeTraining } from "./describeTraining.js";
import { asNumber, asText, toggle, value, type FlagValues } from "./flag.js";
import { json, maxStepsPerEpisode, regret, userFlags, worldFlags } from "./flags.js";
import { AgentRecorder } from "./knowledge.js";
import { checkSolvable, describeOptimum, regretCurve } from "./optimum.js";
import { outputWidth, print } from "./print.js";
import { DEFAULT_AGENT, readAgent, type NamedAgent } from "./readAgent.js";
import { moduleBeside } from "./readModule.js";
import { readWords } from "./readWords.js";
import { readWorld } from "./request.js";
import { printSpeed, runTraining } from "./runTraining.js";
import { worldLabel } from "./worldLabel.js";

const flags = {
  ...worldFlags,
  agent: value(
    "--agent NAME",
    `Fill the slates by agent NAME: ${agentNames.join(", ")}. Excludes --agent-module.`,
    asText,
  ).default(undefined, DEFAULT_AGENT),
  agentModule: value(
    "--agent-module FILE#EXPORT",
    "Fill the slates by the agent that the function EXPORT of module FILE creates; FILE alone stands for its default export. Excludes --agent.",
    asText,
  ).standsFor("agent module"),
  iterations: value("--iterations COUNT", "Train for COUNT iterations.", asNumber, 10).standsFor("numIterations"),
  steps: value(
    "--steps COUNT",
    "Simulate COUNT steps per iteration, rounded up to whole episodes.",
    asNumber,
    1000,
  ).standsFor("maxTrainingSteps"),
  maxStepsPerEpisode,
  seed: userFlags.seed,
  out: value("--out FOLDER", "Write checkpoints, event files and run.json to FOLDER.", asText),
  resume: toggle(
    "--resume",
    "Continue the run in FOLDER with the same settings; only --iterations may be larger. Needs --out.",
  ),
  repair: toggle("--repair", "Continue from what is sound in a damaged FOLDER. Needs --resume."),
  checkpointEvery: value(
    "--checkpoint-every COUNT",
    "Write a checkpoint after every COUNT iterations.",
    asNumber,
    1,
  ).standsFor("checkpointFrequency"),
  keepCheckpoints: value("--keep-checkpoints COUNT", "Keep the newest COUNT checkpoints.", asNumber, 4),
  episodeLog: value(
    "--episode-log FORMAT",
    "Write every step to FOLDER as FORMAT: jsonl, parquet. Needs --out.",
    asText,
  ),
  regret,
  json,
};

/** `slatesim train`: an agent learns from simulated episodes; what it writes can be resumed to the same bytes. */
export const train: Command = {
  flags,
  execute,
};

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes } = readWords(words, flags);
  const world = await readWorld(values, mistakes);
  const trained = await readAgent(values, mistakes);
  const settings = readSettings(values, world, trained);
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
  if (values.json) return print(toJson({ ...summary, knowledge, bestFixedMix: bestMix, ...curve }));
  const optimum = curve === undefined ? [] : [describeOptimum(curve)];
  const sentences = [knowledge!, describeBestMix(world, bestMix), ...optimum, ...keptNote(values)];
  print(describeTraining(summary, worldLabel(world), sentences, outputWidth(), curve?.regrets));
  printSpeed(summary.timing);
}

type Values = FlagValues<typeof flags>;

function readSettings(values: Values, world: World | undefined, trained: NamedAgent | undefined): TrainSettings {
  const { out, episodeLog } = values;
  return {
    numIterations: values.iterations,
    maxTrainingSteps: values.steps,
    maxStepsPerEpisode: values.maxStepsPerEpisode,
    checkpointFrequency: values.checkpointEvery,
    keepCheckpoints: values.keepCheckpoints,
    resume: values.resume,
    repair: values.repair,
    ...(world && trained && { provenance: provenanceOf(values, world, trained) }),
    ...(out !== undefined && { out }),
    ...(episodeLog !== undefined && { episodeLog: episodeLog as "jsonl" | "parquet" }),
  };
}

/** Returns the settings from which `slatesim eval` creates the same world and agent. */
function provenanceOf(values: Values, { scenario, parameters, hash }: World, { agent }: NamedAgent): Settings {
  const { out = ".", world, agentModule, seed } = values;
  return {
    scenario,
    parameters: parameters as Json,
    world: hash,
    agent,
    seed,
    ...(world !== undefined && { worldModule: moduleBeside(out, world) }),
    ...(agentModule !== undefined && { agentModule: moduleBeside(out, agentModule) }),
  };
}

/** Returns a note on the number of checkpoints. */
function keptNote({ out, keepCheckpoints: most }: Values): string[] {
  if (out === undefined) return [];
  const kept = checkpointIterations(out);
  const which = `${kept.length === 1 ? "1 checkpoint" : `${kept.length} checkpoints`}, the newest after iteration ${kept.at(-1)}`;
  return [`${out} has ${which}: the last ${most} are kept (--keep-checkpoints).`];
}

function unfinished({ iterations }: TrainSummary, { iterations: wanted, out, resume }: Values): string {
  const how = resume ? "Resume with the same command." : "Resume with the same command and --resume.";
  const kept = out === undefined ? "Nothing was kept, as there was no --out." : how;
  return `Interrupted: ${iterations.length} of ${wanted} iterations are finished. ${kept}\n`;
}
