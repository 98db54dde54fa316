import { agentNames, InvalidInput, makeEnv, type LongTermSatisfactionWorld } from "../index.js";
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
import { commonFlags } from "./flags.js";
import type { FlagTable, FlagValues } from "./flags.js";
import { inFlags } from "./inFlags.js";
import { Makes } from "./knowledge.js";
import { parseFlags } from "./parseFlags.js";
import { outputWidth, print } from "./print.js";
import { readAgent } from "./readAgent.js";
import { readWorld } from "./request.js";
import { tellSpeed, watch } from "./watch.js";
import { worldLabel } from "./worldLabel.js";

const { scenario, param, seed, json } = commonFlags;
const flags = {
  scenario: { ...scenario, default: "lts-tradeoff" },
  param,
  agent: {
    type: "text",
    value: "name",
    help: `who fills the slates: ${agentNames.join(", ")}`,
    default: "cluster-bandit",
  },
  iterations: { type: "number", value: "count", help: "how many iterations to train for", default: 10 },
  steps: { type: "number", value: "count", help: "steps an iteration, in whole episodes", default: 1000 },
  "max-steps-per-episode": { type: "number", value: "count", help: "longer lives are cut off", default: 27_000 },
  seed: { ...seed, help: "words or a number, for users and agent; the same seed gives the same bits" },
  out: { type: "text", value: "folder", help: "write checkpoints, events and run.json there; else nothing is written" },
  resume: {
    type: "switch",
    help: "go on with the run in that folder, with the same settings; more iterations may be asked for",
  },
  repair: { type: "switch", help: "beside --resume: go on from what is sound in a damaged folder" },
  "checkpoint-every": { type: "number", value: "count", help: "iterations between checkpoints", default: 1 },
  "keep-checkpoints": { type: "number", value: "count", help: "how many of the newest stay", default: 4 },
  "episode-log": { type: "text", value: "format", help: "also write every step there, as jsonl or parquet" },
  json,
} as const satisfies FlagTable;

/** `slatesim train`: an agent learns on the lives of users; what it writes can be resumed to the same bytes. */
export const train: Command = {
  flags,
  execute: (words) => inFlags(FLAGS, () => execute(words)),
};

/** Where the options of a training run have other names. */
const FLAGS = {
  numIterations: "iterations",
  maxTrainingSteps: "steps",
  maxStepsPerEpisode: "max-steps-per-episode",
  checkpointFrequency: "checkpoint-every",
  keepCheckpoints: "keep-checkpoints",
  episodeLog: "episode-log",
  parameters: "param",
  ...Object.fromEntries(["agent", "scenario", "seed", "out", "resume", "repair"].map((name) => [name, name])),
};

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes } = parseFlags(words, flags);
  const world = readWorld(values, mistakes);
  const createAgent = readAgent(values, mistakes);
  const settings = readSettings(values, world);
  mistakes.push(...trainSettingMistakes(settings));
  if (world === undefined || createAgent === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const env = await makeEnv(world, { seed: values.seed });
  const made = new Makes(createAgent);
  const runner = new TrainRunner({ ...settings, env, createAgent: made.createAgent });
  const summary = await watch((control) => runner.run(control), values.iterations * values.steps, "steps");
  for (const sentence of summary.repaired ?? []) process.stderr.write(`${sentence}\n`);
  if (summary.iterations.length < values.iterations) {
    process.stderr.write(unfinished(summary, values));
    return;
  }
  const [knowledge] = made.knowledge(values.agent);
  const maxSteps = values["max-steps-per-episode"];
  const bestMix = await bestFixedMix(world, { seed: values.seed, firstUser: 0, maxSteps });
  if (values.json) return print(toJson({ ...summary, knowledge, bestFixedMix: bestMix }));
  const sentences = [knowledge!, describeBestMix(bestMix), ...keptNote(values)];
  print(describeTraining(summary, worldLabel(world), sentences, outputWidth()));
  tellSpeed(summary.timing);
}

type Values = FlagValues<typeof flags>;

function readSettings(values: Values, world: LongTermSatisfactionWorld | undefined): TrainSettings {
  const { out, "episode-log": episodeLog } = values;
  return {
    numIterations: values.iterations,
    maxTrainingSteps: values.steps,
    maxStepsPerEpisode: values["max-steps-per-episode"],
    checkpointFrequency: values["checkpoint-every"],
    keepCheckpoints: values["keep-checkpoints"],
    resume: values.resume,
    repair: values.repair,
    ...(world && { provenance: provenanceOf(values, world) }),
    ...(out !== undefined && { out }),
    ...(episodeLog !== undefined && { episodeLog: episodeLog as "jsonl" | "parquet" }),
  };
}

/** All that `slatesim eval` needs to make the same world and agent. */
function provenanceOf({ agent, seed: text }: Values, world: LongTermSatisfactionWorld): Settings {
  const { scenario: name, parameters, hash } = world;
  return { scenario: name, parameters: { ...parameters } as unknown as Settings, world: hash, agent, seed: text };
}

/** How many checkpoints there are now. */
function keptNote({ out, "keep-checkpoints": most }: Values): string[] {
  if (out === undefined) return [];
  const kept = checkpointIterations(out);
  const which = `${kept.length === 1 ? "1 checkpoint" : `${kept.length} checkpoints`}, the newest after iteration ${kept.at(-1)}`;
  return [`${out} has ${which}: the last ${most} stay, unless --keep-checkpoints says otherwise.`];
}

function unfinished({ iterations }: TrainSummary, { iterations: wanted, out, resume }: Values): string {
  const how = resume ? "Go on with the same command." : "Go on with the same command and --resume.";
  const kept = out === undefined ? "Nothing was kept, as there was no --out." : how;
  return `Interrupted: ${iterations.length} of ${wanted} iterations are finished. ${kept}\n`;
}
