import { InvalidInput, type CreateAgent, type World } from "../index.js";
import { toJson } from "../report/json.js";
import { replicate, type LearningCurve, type ReplicateOptions } from "../train/index.js";
import { isFinished } from "../train/replicate/replication.js";
import { replicateMistakes } from "../train/replicate/replicateOptions.js";
import { widestWorld } from "../worlds/scenarios.js";
import { describeCurve } from "./describeCurve.js";
import { withInterrupt } from "./interrupt.js";
import { checkSolvable, solveWithProgress } from "./optimum.js";
import { outputWidth, print } from "./print.js";
import { withProgress } from "./progress.js";
import { DEFAULT_AGENT, type NamedAgent } from "./readAgent.js";
import type { ReportFiles } from "./readReportFiles.js";
import { readWorkers } from "./request.js";
import { resumeHint, trainSettings, type TrainValues } from "./trainFlags.js";
import { worldLabel } from "./worldLabel.js";

/** Trains an agent several times, and prints its learning curve. */
export async function trainReplications(
  values: TrainValues,
  world: World | undefined,
  trained: NamedAgent | undefined,
  files: ReportFiles | undefined,
  mistakes: string[],
): Promise<void> {
  const options = readOptions(values);
  const agent = values.agentModule === undefined ? (values.agent ?? DEFAULT_AGENT) : trained?.create;
  mistakes.push(...replicateMistakes(world ?? (widestWorld() as World), agent ?? DEFAULT_AGENT, options));
  if (values.regret) checkSolvable(world, mistakes);
  if (world === undefined || agent === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const steps = Math.min(world.timeBudget, values.maxStepsPerEpisode);
  const optimum = values.regret ? { optimum: await solveWithProgress(world, { steps }) } : {};
  const curve = await replicateWithProgress(world, agent, values.iterations, { ...options, ...optimum });
  for (const sentence of curve.repaired ?? []) process.stderr.write(`${sentence}\n`);
  const finished = curve.replications.filter((each) => isFinished(each, values.iterations)).length;
  if (finished < curve.replications.length) {
    const interrupted = `Interrupted: ${finished} of ${curve.replications.length} replications are finished.`;
    process.stderr.write(`${interrupted} ${resumeHint(values)}\n`);
    return;
  }
  await files?.write(curve);
  print(values.json ? toJson(curve) : describeCurve(curve, worldLabel(world), outputWidth()));
}

/** Replicates with a progress bar; Ctrl-C ends it early. */
function replicateWithProgress(
  world: World,
  agent: string | CreateAgent,
  iterations: number,
  options: ReplicateOptions & { readonly replications: number },
): Promise<LearningCurve> {
  const total = options.replications * (iterations + 1);
  return withInterrupt((signal) =>
    withProgress(
      total,
      (show) => replicate(world, agent, { ...options, signal, onProgress: ({ evaluations }) => show(evaluations) }),
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
