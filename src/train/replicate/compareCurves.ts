import { isArray } from "../../check/lists.js";
import { expectedMistake, objectMistake } from "../../check/mistakes.js";
import { refuse } from "../../check/refuse.js";
import { changedSettingMistakes } from "../trainOptions.js";
import type { Settings } from "../checkpoint.js";
import { replicationMean, type LearningCurve, type ReplicationMean } from "./curve.js";
import { isFinished } from "./replication.js";

/** Difference between two agents after some iterations of training. */
export interface CurveDifference extends ReplicationMean {
  /** Iterations of training; 0 for the untrained agents. */
  readonly iteration: number;
}

/** Settings without which replications are not of the same users. */
const SHARED: readonly string[] = [
  "world",
  "seed",
  "replications",
  "numIterations",
  "maxTrainingSteps",
  "maxStepsPerEpisode",
  "maxEvalEpisodes",
  "streamVersion",
];

/**
 * Returns, for each iteration, the return of `b` less that of `a`: replication by replication, because the same number has the same
 * users in training and evaluation. Throws `InvalidInput` for curves that differ in anything but their agents, a sentence for each
 * field.
 */
export function compareCurves(a: LearningCurve, b: LearningCurve): CurveDifference[] {
  refuse([curveMistake("a", a), curveMistake("b", b)]);
  const names = [...SHARED, "finished"];
  refuse(changedSettingMistakes(names, identityOf(a), identityOf(b), "the curve a"));
  return a.points.map(({ iteration, values }, place) => {
    const others = b.points[place]!.values;
    return { iteration, ...replicationMean(values.map((value, at) => others[at]! - value)) };
  });
}

function curveMistake(field: string, curve: unknown): string | undefined {
  const { settings, replications, points } = Object(curve) as Partial<LearningCurve>;
  const legal = objectMistake("settings", settings) === undefined && isArray(replications) && isArray(points);
  return legal ? undefined : expectedMistake(field, "a learning curve from replicate", curve);
}

/** Returns what two curves must share. */
function identityOf({ settings, replications }: LearningCurve): Settings {
  const finished = replications.filter((each) => isFinished(each, settings["numIterations"] as number));
  return { ...settings, finished: finished.map(({ replication }) => replication) };
}
