import { agentNames, type World } from "../index.js";
import type { Settings, TrainSettings } from "../train/index.js";
import { provenanceOf } from "../train/provenance.js";
import { changesOf } from "../worlds/compiled/changedWorld.js";
import { asNumber, asText, toggle, value, type FlagValues } from "./flag.js";
import { csv, json, maxStepsPerEpisode, regret, reportFlags, userFlags, worldFlags } from "./flags.js";
import { DEFAULT_AGENT, type NamedAgent } from "./readAgent.js";
import { moduleBeside } from "./readModule.js";

/** The flags of `slatesim train`. */
export const trainFlags = {
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
    "Continue the run in FOLDER with the same settings; only --iterations and --replications may be larger. Needs --out.",
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
  replications: value(
    "--replications COUNT",
    "Train COUNT times under independent seeds, and print the learning curve with its 95 % interval.",
    asNumber,
  ),
  evalEpisodes: value(
    "--eval-episodes COUNT",
    "Evaluate every replication after every iteration for COUNT episodes. Needs --replications.",
    asNumber,
  )
    .default(undefined, "1000")
    .standsFor("maxEvalEpisodes"),
  workers: value(
    "--workers COUNT",
    "Train replications in COUNT threads; auto stands for as many as there are cores. Needs --replications.",
    asText,
  ).default(undefined, "auto"),
  regret,
  csv,
  force: toggle("--force", "Replace a file of --csv, --report or --chart that slatesim did not write."),
  ...reportFlags,
  json,
};

/** Their values. */
export type TrainValues = FlagValues<typeof trainFlags>;

/** Returns the settings of a training; those of a world and an agent that were read say where they come from. */
export function trainSettings(values: TrainValues, world?: World, trained?: NamedAgent): TrainSettings {
  const { out, episodeLog } = values;
  return {
    numIterations: values.iterations,
    maxTrainingSteps: values.steps,
    maxStepsPerEpisode: values.maxStepsPerEpisode,
    checkpointFrequency: values.checkpointEvery,
    keepCheckpoints: values.keepCheckpoints,
    resume: values.resume,
    repair: values.repair,
    ...(world &&
      trained && { provenance: { ...provenanceOf(world, values.seed, trained.agent), ...modulesOf(values, world) } }),
    ...(out !== undefined && { out }),
    ...(episodeLog !== undefined && { episodeLog: episodeLog as "jsonl" | "parquet" }),
  };
}

/** Returns the modules of a training, by their paths from its folder, and what is changed of the world. */
function modulesOf({ out = ".", world: module, agentModule }: TrainValues, world: World): Settings {
  const changes = changesOf(world);
  return {
    ...(module !== undefined && { worldModule: moduleBeside(out, module) }),
    ...(changes && { worldChanges: changes }),
    ...(agentModule !== undefined && { agentModule: moduleBeside(out, agentModule) }),
  };
}

/** Returns how to go on after an interruption. */
export function resumeHint({ out, resume }: TrainValues): string {
  const how = resume ? "Resume with the same command." : "Resume with the same command and --resume.";
  return out === undefined ? "Nothing was kept, as there was no --out." : how;
}
