import { join } from "node:path";
import { makeEnv } from "../../env/makeEnv.js";
import type { CreateAgent } from "../../agents/agent.js";
import type { Checkpoint } from "../checkpoint.js";
import { EvalRunner, type Evaluation } from "../evalRunner.js";
import { provenanceOf } from "../provenance.js";
import { countsOf } from "../trainOptions.js";
import { TrainRunner } from "../trainRunner.js";
import { EvaluationFolder } from "./evaluationFolder.js";
import { replicationSeed, type Plan } from "./plan.js";

/** One training of several. */
export interface Replication {
  /** Number of the replication, from 1 on. */
  readonly replication: number;
  /** Seed of its training and of its evaluations. */
  readonly seed: string;
  /** Results after each iteration, the first before any training; fewer when the run was interrupted. */
  readonly evaluations: readonly Evaluation[];
}

/** A replication, and the repairs made before it resumed, a sentence each. */
export interface ReplicationResult {
  readonly replication: Replication;
  readonly repaired: readonly string[];
}

/** Interruption of a replication, and its progress. */
export interface ReplicationControl {
  readonly signal?: AbortSignal;
  /** Called after every evaluation, those of an earlier call included. */
  readonly onEvaluation: () => void;
}

/** Training simulates the users from 0 on, and never reaches this one. */
const FIRST_USER = 2 ** 31;

/** Returns the folder of a replication in the folder of all. */
export function replicationFolder(out: string, replication: number): string {
  return join(out, `replication-${String(replication).padStart(4, "0")}`);
}

/** Returns whether the replication has all evaluations of a training of so many iterations. */
export function isFinished({ evaluations }: Replication, numIterations: number): boolean {
  return evaluations.length === numIterations + 1;
}

/** Trains and evaluates an agent, or resumes that. Throws `InvalidInput` for files that cannot be resumed. */
export async function runReplication(
  plan: Plan,
  replication: number,
  { signal, onEvaluation }: ReplicationControl,
): Promise<ReplicationResult> {
  const seed = replicationSeed(plan.seed, replication);
  if (signal?.aborted === true) return { replication: { replication, seed, evaluations: [] }, repaired: [] };
  const { world, createAgent, agent, training, maxEvalEpisodes } = plan;
  const out = plan.out === undefined ? {} : { out: replicationFolder(plan.out, replication) };
  const runner = new TrainRunner({
    ...training,
    ...out,
    env: await makeEnv(world, { seed }),
    createAgent: (spaces) => createAgent(spaces, { seed }),
    provenance: provenanceOf(world, seed, agent),
  });
  const control = signal === undefined ? {} : { signal };
  const evaluations: Evaluation[] = [];
  let folder: EvaluationFolder | undefined;
  const { repaired = [] } = await runner.runAndVisit(control, async (checkpoint) => {
    signal?.throwIfAborted(); // iterations may be too short for the runners to look at it
    if (evaluations.length === 0 && out.out !== undefined) {
      folder = new EvaluationFolder(out.out);
      evaluations.push(...folder.readBefore(checkpoint.iteration, maxEvalEpisodes));
      evaluations.forEach(onEvaluation);
    }
    const known = folder?.read(checkpoint.iteration, maxEvalEpisodes);
    const evaluation = known ?? (await evaluate(plan, seed, checkpoint, signal));
    if (known === undefined) folder?.write(evaluation);
    evaluations.push(evaluation);
    onEvaluation();
  });
  return { replication: { replication, seed, evaluations }, repaired };
}

/** Evaluates the agent of a checkpoint, which learns nothing meanwhile. Throws the signal's reason once it is aborted. */
async function evaluate(
  { world, createAgent, training, maxEvalEpisodes }: Plan,
  seed: string,
  checkpoint: Checkpoint,
  signal: AbortSignal | undefined,
): Promise<Evaluation> {
  const inEvalMode: CreateAgent = (spaces) => createAgent(spaces, { seed, evalMode: true });
  const runner = new EvalRunner({
    env: await makeEnv(world, { seed, user: FIRST_USER }),
    createAgent: inEvalMode,
    checkpoints: [checkpoint],
    maxEvalEpisodes,
    maxStepsPerEpisode: countsOf(training).maxStepsPerEpisode,
  });
  const { evaluations } = await runner.run(signal === undefined ? {} : { signal });
  if (evaluations.length === 0) signal?.throwIfAborted();
  return evaluations[0]!;
}
