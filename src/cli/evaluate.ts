import { agentNames, InvalidInput, makeEnv, makeWorld } from "../index.js";
import type { CreateAgent, LongTermSatisfactionWorld } from "../index.js";
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
import { attempt } from "./attempt.js";
import { bestFixedMix, describeBestMix } from "./bestMix.js";
import type { Command } from "./command.js";
import { describeEvaluation } from "./describeTraining.js";
import { commonFlags } from "./flags.js";
import type { FlagTable, FlagValues } from "./flags.js";
import { inFlags } from "./inFlags.js";
import { Makes } from "./knowledge.js";
import { parseFlags } from "./parseFlags.js";
import { parseNumber } from "./parseNumber.js";
import { outputWidth, print } from "./print.js";
import { readAgent } from "./readAgent.js";
import { readWorld } from "./request.js";
import { tellSpeed, watch } from "./watch.js";
import { worldLabel } from "./worldLabel.js";

const { scenario, param, seed, json } = commonFlags;
const flags = {
  out: { type: "text", value: "folder", help: "the run whose checkpoints are evaluated; results are written there" },
  checkpoint: {
    type: "text",
    value: "which",
    help: "newest, each, or after how many iterations; unless given, newest",
  },
  agent: { type: "text", value: "name", help: `a fresh agent instead: ${agentNames.join(", ")}` },
  scenario: {
    type: "text",
    value: "name",
    help: `the fresh agent's world: ${scenario.help}`,
    unlessGiven: "lts-tradeoff", // as in train: the two are compared
  },
  param,
  episodes: { type: "number", value: "count", help: "how many lives to live", default: 100 },
  "max-steps-per-episode": { type: "number", value: "count", help: "longer lives are cut off", default: 27_000 },
  seed: {
    ...seed,
    help: "words or a number; the users are numbered from 2^31 on, so they are none of those of training",
  },
  force: { type: "switch", help: "write over files there that slatesim did not write, too" },
  json,
} as const satisfies FlagTable;

/** `slatesim eval`: how well the agents of a run's checkpoints do with users of their own. */
export const evaluate: Command = {
  flags,
  execute: (words) => inFlags(FLAGS, () => execute(words)),
};

/** Where the options of an evaluation have other names. */
const FLAGS = {
  maxEvalEpisodes: "episodes",
  maxStepsPerEpisode: "max-steps-per-episode",
  ...Object.fromEntries(["agent", "scenario", "seed", "out", "force", "checkpoint"].map((name) => [name, name])),
};

/** Training simulates the users from 0 on, and never comes so far. */
const FIRST_USER = 2 ** 31;

type Values = FlagValues<typeof flags>;

/** Who is evaluated, and where. */
interface Contest {
  readonly world: LongTermSatisfactionWorld;
  readonly createAgent: CreateAgent;
  readonly agent: string;
  readonly checkpoints?: readonly Checkpoint[];
}

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes } = parseFlags(words, flags);
  const limits = { maxEvalEpisodes: values.episodes, maxStepsPerEpisode: values["max-steps-per-episode"] };
  const settings = values.out === undefined ? limits : { ...limits, out: values.out, force: values.force };
  mistakes.push(...evalSettingMistakes(settings));
  const contest =
    values.agent === undefined ? readTrained(values, mistakes) : readFresh(values, values.agent, mistakes);
  if (contest === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const { world, agent, createAgent, checkpoints } = contest;
  const env = await makeEnv(world, { seed: values.seed, user: FIRST_USER });
  const provenance = {
    scenario: world.scenario,
    world: world.hash,
    agent,
    evalSeed: values.seed,
    firstUser: FIRST_USER,
  };
  const trained = checkpoints === undefined ? {} : { checkpoints };
  const made = new Makes(createAgent);
  const runner = new EvalRunner({ ...settings, env, createAgent: made.createAgent, provenance, ...trained });
  const wanted = checkpoints?.length ?? 1;
  const summary = await watch((control) => runner.run(control), wanted * values.episodes, "episodes");
  if (summary.evaluations.length < wanted) {
    process.stderr.write(unfinished(summary, wanted, values.out));
    return;
  }
  const knowledge = made.knowledge(agent);
  const extent = { seed: values.seed, firstUser: FIRST_USER, maxSteps: limits.maxStepsPerEpisode };
  const bestMix = await bestFixedMix(world, extent);
  if (values.json) return print(toJson({ ...summary, knowledge, bestFixedMix: bestMix }));
  const sentences = [knowledge.at(-1)!, describeBestMix(bestMix)];
  print(describeEvaluation(summary, worldLabel(world), sentences, outputWidth()));
  tellSpeed(summary.timing);
}

function readFresh(values: Values, agent: string, mistakes: string[]): Contest | undefined {
  const { checkpoint, out, scenario: name = flags.scenario.unlessGiven } = values;
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

/** World and agent as the checkpoints name them. */
function readTrained(values: Values, mistakes: string[]): Contest | undefined {
  const { out, checkpoint = "newest" } = values;
  const rule = "none without --agent, as a checkpoint knows its world";
  if (values.scenario !== undefined) mistakes.push(expectedMistake("--scenario", rule, values.scenario));
  if (values.param.length > 0) mistakes.push(expectedMistake("--param", rule, values.param));
  if (out === undefined) mistakes.push(`"--out" expected the folder of a run, unless --agent is given; got nothing`);
  if (out === undefined || folderMistake(out) !== undefined) return undefined; // which has been said
  const choice = (parseNumber(checkpoint) ?? checkpoint) as CheckpointChoice;
  const checkpoints = attempt(mistakes, () => readCheckpoints(out, choice));
  return checkpoints && readContest(checkpoints, mistakes);
}

function readContest(checkpoints: readonly Checkpoint[], mistakes: string[]): Contest | undefined {
  const { scenario: name, parameters, world: hash, agent, seed: trainSeed } = checkpoints[0]!.settings;
  const world = attempt(mistakes, () => makeWorld(name as string, parameters as object));
  const createAgent = readAgent({ agent: agent as string, seed: trainSeed as string, evalMode: true }, mistakes);
  if (world === undefined || createAgent === undefined) return undefined;
  if (world.hash !== hash) mistakes.push(expectedMistake("world", `one of hash ${String(hash)}`, world.hash));
  return { world, createAgent, agent: agent as string, checkpoints };
}

function unfinished({ evaluations }: EvalSummary, wanted: number, out: string | undefined): string {
  const kept = out === undefined || evaluations.length === 0 ? "" : ` What they came to is in ${out}.`;
  return `Interrupted: ${evaluations.length} of ${wanted} evaluations ${wanted === 1 ? "is" : "are"} finished.${kept}\n`;
}
