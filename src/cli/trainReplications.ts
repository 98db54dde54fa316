import { InvalidInput, type CreateAgent, type World } from "../index.js";
import { toJson } from "../report/json.js";
import type { ShardControl } from "../records/index.js";
import { replicate, type LearningCurve, type ReplicateOptions } from "../train/index.js";
import { isFinished } from "../train/replicate/replication.js";
import { replicateMistakes } from "../train/replicate/replicateOptions.js";
import { widestWorld } from "../worlds/scenarios.js";
import { describeCurve } from "./describeCurve.js";
import { withInterrupt } from "./interrupt.js";
import { checkSolvable, solveWithProgress } from "./optimum.js";
import { outputWidth } from "./print.js";
import { withProgress } from "./progress.js";
import { DEFAULT_AGENT, type NamedAgent } from "./readAgent.js";
import type { ReportFiles } from "./readReportFiles.js";
import { readWorkers } from "./request.js";
import { resumeHint, trainSettings, type TrainValues } from "./trainFlags.js";
import type { ThroughShards } from "./command.js";
import type { TableTarget } from "./tableTarget.js";
import { curveTable } from "./trainTables.js";
import { worldLabel } from "./worldLabel.js";

/** Trains an agent several times, and prints its learning curve; nothing where that is done in shards, and this is one. */
export async function trainReplications(
  values: TrainValues,
  world: World | undefined,
  trained: NamedAgent | undefined,
  { table, files, through }: Outlets,
  mistakes: string[],
): Promise<void> {
  const options = readOptions(values);
  const agent = values.agentModule === undefined ? (values.agent ?? DEFAULT_AGENT) : trained?.create;
  mistakes.push(...replicateMistakes(world ?? (widestWorld() as World), agent ?? DEFAULT_AGENT, options));
  if (values.regret) checkSolvable(world, mistakes);
  if (world === undefined || agent === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const steps = Math.min(world.timeBudget, values.maxStepsPerEpisode);
  const optimum = values.regret ? { optimum: await solveWithProgress(world, { steps }) } : {};
  const curve = await replicateWithProgress(world, agent, values.iterations, { ...options, ...optimum }, through);
  if (curve === undefined) return;
  for (const sentence of curve.repaired ?? []) process.stderr.write(`${sentence}\n`);
  const finished = curve.replications.filter((each) => isFinished(each, values.iterations)).length;
  if (finished < curve.replications.length) {
    const interrupted = `Interrupted: ${finished} of ${curve.replications.length} replications are finished.`;
    process.stderr.write(`${interrupted} ${resumeHint(values)}\n`);
    return;
  }
  await table.write(() => curveTable(curve));
  await files?.write(curve);
  table.print(values.json ? toJson(curve) : describeCurve(curve, worldLabel(world), outputWidth()));
}

/** Where the curve goes. */
interface Outlets {
  readonly table: TableTarget;
  readonly files: ReportFiles | undefined;
  readonly through: ThroughShards | undefined;
}

/** Replicates with a progress bar; Ctrl-C ends it early. */
function replicateWithProgress(
  world: World,
  agent: string | CreateAgent,
  iterations: number,
  options: ReplicateOptions & { readonly replications: number },
  through: ThroughShards | undefined,
): Promise<LearningCurve | undefined> {
  const total = options.replications * (iterations + 1);
  return withInterrupt((signal) =>
    withProgress(
      total,
      (show) => {
        const onProgress: ReplicateOptions["onProgress"] = (progress) => show(progress.evaluations, progress.total);
        const simulation = (control: Partial<ShardControl>) =>
          replicate(world, agent, { ...options, signal, onProgress, ...control });
        return through === undefined ? simulation({}) : through(simulation);
      },
      "evaluations",
    ),
  );
}

function readOptions(values: TrainValues): ReplicateOptions & { readonly replications: number } {
  const { replications = 0, evalEpisodes, seed, workers = "auto" } = values;
  return {
    ...trainSettings(values),
    replications,
    seed,
    workers: readWorkers(workers),
    ...(evalEpisodes !== undefined && { maxEvalEpisodes: evalEpisodes }),
  };
}
