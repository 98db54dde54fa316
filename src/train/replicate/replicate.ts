import type { CreateAgent } from "../../agents/agent.js";
import { parseAgent } from "../../agents/parseAgent.js";
import { readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import { displayed } from "../../display/displayed.js";
import { seedText } from "../../random/seedKey.js";
import type { World } from "../../world/world.js";
import type { ObservationOf, WorldTypes } from "../../world/worldTypes.js";
import { pointsOf, type LearningCurve } from "./curve.js";
import { openCurveFolder, writeCurve } from "./curveFolder.js";
import { settingsOf, type Plan } from "./plan.js";
import {
  changedMistakes,
  extentOf,
  OPTION_NAMES,
  optimumOf,
  replicateMistakes,
  trainingOf,
  type ReplicateOptions,
} from "./replicateOptions.js";
import { runOrRead } from "./runOrRead.js";

/**
 * Trains an agent several times, each time from the beginning and on users of its own, and evaluates it before training and after every
 * iteration, when it learns nothing (`evalMode`). Replication r has the seed `replicationSeed(seed, r)`, for training and agent, and for
 * the users from number 2^31 on, on whom each of its evaluations is made: two agents that are replicated under one seed have the same
 * users, and replications are independent of one another. `agent` is one of `agentNames`, or a function that creates an agent.
 *
 * The same arguments give the same curve, bit for bit, with any number of `workers` and however often the replications were stopped and
 * resumed. Rejects with `InvalidInput`, all errors at once.
 */
export async function replicate<T extends WorldTypes>(
  world: World<T>,
  agent: string | CreateAgent<ObservationOf<T>>,
  options: ReplicateOptions = {},
): Promise<LearningCurve> {
  const given = readOnce("options", options, OPTION_NAMES);
  refuse(replicateMistakes(world, agent, given));
  const plan = makePlan(world as unknown as World, agent as string | CreateAgent, given);
  const settings = settingsOf(plan);
  if (plan.out !== undefined) {
    refuse(changedMistakes(plan.out, settings));
    openCurveFolder(plan.out, settings);
  }
  const begun = performance.now();
  const { results, workers } = await runOrRead(plan, settings, given);
  const replications = results.map(({ replication }) => replication);
  const repaired = results.flatMap((result) => result.repaired);
  const optimum = optimumOf(given.optimum);
  const curve: LearningCurve = displayed({
    settings,
    replications,
    points: pointsOf(replications, settings["numIterations"] as number, optimum),
    ...(optimum && { optimum }),
    timing: { seconds: (performance.now() - begun) / 1000, workers },
    ...(repaired.length > 0 && { repaired }),
  });
  if (plan.out !== undefined) writeCurve(plan.out, curve);
  return curve;
}

function makePlan(world: World, agent: string | CreateAgent, options: ReplicateOptions): Plan {
  const { replications, maxEvalEpisodes, seed } = extentOf(options);
  const { out, ...training } = trainingOf(options);
  return {
    world,
    createAgent: typeof agent === "string" ? parseAgent(agent) : agent,
    ...(typeof agent === "string" && { agent }),
    seed: seedText(seed),
    replications,
    maxEvalEpisodes,
    training,
    ...(out !== undefined && { out }),
  };
}
