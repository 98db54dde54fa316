import { agentNames, InvalidInput, makeEnv, makeWorld } from "../index.js";
import type { CreateAgent, World } from "../index.js";
import { expectedMistake } from "../check/mistakes.js";
import { folderMistake } from "../files/folder.js";
import { toJson } from "../report/json.js";
import { checkpointIterations } from "../train/checkpointFolder.js";
import {
  EvalRunner,
  evalSettingMistakes,
  readCheckpoints,
  type Checkpoint,
  type CheckpointChoice,
  type EvalSummary,
} from "../train/index.js";
import { collectErrors } from "./collectErrors.js";
import { bestFixedMix, describeBestMix } from "./bestMix.js";
import type { Command } from "./command.js";
import { describeEvaluation } from "./describeTraining.js";
import { asNumber, asText, toggle, value, type FlagValues } from "./flag.js";
import { DEFAULT_SCENARIO } from "../worlds/scenarios.js";
import { json, maxStepsPerEpisode, regret, SCENARIOS, userFlags, worldFlags } from "./flags.js";
import { AgentRecorder } from "./knowledge.js";
import { parseNumber } from "./parseNumber.js";
import { checkSolvable, describeOptimum, regretCurve } from "./optimum.js";
import { outputWidth, print } from "./print.js";
import { readAgent } from "./readAgent.js";
import { readWords } from "./readWords.js";
import { readWorld } from "./request.js";
import { printSpeed, runTraining } from "./runTraining.js";
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
  scenario: value("--scenario NAME", `Simulate scenario NAME: ${SCENARIOS}. Needs --agent.`, asText).default(
    undefined,
    DEFAULT_SCENARIO,
  ),
  param: worldFlags.param,
  episodes: value("--episodes COUNT", "Simulate COUNT episodes.", asNumber, 100).standsFor("maxEvalEpisodes"),
  maxStepsPerEpisode,
  seed: userFlags.seed,
  force: toggle("--force", "Replace files in FOLDER that slatesim did not write."),
  regret,
  json,
};

/** `slatesim eval`: evaluates the agents of a run's checkpoints on users that training never has. */
export const evaluate: Command = {
  flags,
  execute,
};

/** Training simulates the users from 0 on, and never reaches this one. */
const FIRST_USER = 2 ** 31;

type Values = FlagValues<typeof flags>;

/** The agents to evaluate, and their world. */
interface EvaluationTarget {
  readonly world: World;
  readonly createAgent: CreateAgent;
  readonly agent: string;
  readonly checkpoints?: readonly Checkpoint[];
}

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes } = readWords(words, flags);
  const limits = { maxEvalEpisodes: values.episodes, maxStepsPerEpisode: values.maxStepsPerEpisode };
  const settings = values.out === undefined ? limits : { ...limits, out: values.out, force: values.force };
  mistakes.push(...evalSettingMistakes(settings));
  const target =
    values.agent === undefined
      ? readCheckpointTarget(values, mistakes)
      : readFreshTarget(values, values.agent, mistakes);
  if (values.regret) checkSolvable(target?.world, mistakes);
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
  if (values.json) return print(toJson({ ...summary, knowledge, bestFixedMix: bestMix, ...curve }));
  const optimum =
    curve === undefined ? [] : [describeOptimum({ value: curve.optimum, valueError: curve.optimumError })];
  const sentences = [knowledge.at(-1)!, describeBestMix(bestMix), ...optimum];
  print(describeEvaluation(summary, worldLabel(world), sentences, outputWidth(), curve?.regrets));
  printSpeed(summary.timing);
}

function readFreshTarget(values: Values, agent: string, mistakes: string[]): EvaluationTarget | undefined {
  const { checkpoint, out, scenario: name = DEFAULT_SCENARIO } = values;
  const rule = "none, as --agent asks for a fresh agent";
  if (checkpoint !== undefined) mistakes.push(expectedMistake("--checkpoint", rule, checkpoint));
  if (out !== undefined && checkpointIterations(out).length > 0) {
    mistakes.push(
      expectedMistake("--out", "a folder without a run's checkpoints, as --agent asks for a fresh agent", out),
    );
  }
  const world = readWorld({ scenario: name, param: values.param }, mistakes);
  const createAgent = readAgent({ agent, seed: values.seed, evalMode: true }, mistakes);
  return world && createAgent && { world, createAgent, agent };
}

/** Reads world and agent from the checkpoints. */
function readCheckpointTarget(values: Values, mistakes: string[]): EvaluationTarget | undefined {
  const { out, checkpoint = "newest" } = values;
  const rule = "none without --agent, as a checkpoint knows its world";
  if (values.scenario !== undefined) mistakes.push(expectedMistake("--scenario", rule, values.scenario));
  if (values.param.length > 0) mistakes.push(expectedMistake("--param", rule, values.param));
  if (out === undefined) mistakes.push(`"--out" expected the folder of a run, unless --agent is given; got nothing`);
  if (out === undefined || folderMistake(out) !== undefined) return undefined; // already reported
  const choice = (parseNumber(checkpoint) ?? checkpoint) as CheckpointChoice;
  const checkpoints = collectErrors(mistakes, () => readCheckpoints(out, choice));
  return checkpoints && fromCheckpoints(checkpoints, mistakes);
}

function fromCheckpoints(checkpoints: readonly Checkpoint[], mistakes: string[]): EvaluationTarget | undefined {
  const { scenario: name, parameters, world: hash, agent, seed: trainSeed } = checkpoints[0]!.settings;
  const world = collectErrors(mistakes, () => makeWorld(name as string, parameters as object));
  const createAgent = readAgent({ agent: agent as string, seed: trainSeed as string, evalMode: true }, mistakes);
  if (world === undefined || createAgent === undefined) return undefined;
  if (world.hash !== hash) mistakes.push(expectedMistake("world", `one of hash ${String(hash)}`, world.hash));
  return { world, createAgent, agent: agent as string, checkpoints };
}

function unfinished({ evaluations }: EvalSummary, wanted: number, out: string | undefined): string {
  const kept = out === undefined || evaluations.length === 0 ? "" : ` Results are in ${out}.`;
  return `Interrupted: ${evaluations.length} of ${wanted} evaluations ${wanted === 1 ? "is" : "are"} finished.${kept}\n`;
}
