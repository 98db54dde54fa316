import { meanInterval } from "../numeric/moments.js";
import type { NamedFigure } from "./figuresOf.js";
import { linesFigure, type LinePoint } from "./linesFigure.js";
import type { ReadShapes } from "./readResult.js";

type Statistics = ReadShapes["training"]["iterations"][number];
type RegretMean = NonNullable<ReadShapes["training"]["regrets"]>[number];

/** The returns of an agent after some training, however they were measured. */
export interface LearningPoints {
  readonly agent: string;
  readonly points: readonly LinePoint[];
  readonly regrets: readonly LinePoint[];
  readonly optimum: number | undefined;
}

/** Returns the charts of a training: what the agent brings, and how far that is from the optimum. */
export function learningFigures({ agent, points, regrets, optimum }: LearningPoints): NamedFigure[] {
  if (points.length === 0) return [];
  const level = optimum === undefined ? {} : { level: { name: "optimum", value: optimum } };
  const words = { x: "iteration", title: "Learning curve", y: "mean return", ...level };
  const curve = linesFigure([{ name: agent, points }], words);
  const regret = { title: "Regret", x: "iteration", y: "optimum less mean return" };
  return [
    { kind: "curve", figure: curve },
    ...(regrets.length === 0
      ? []
      : [{ kind: "regrets" as const, figure: linesFigure([{ name: agent, points: regrets }], regret) }]),
  ];
}

/** Returns points and regrets of a learning curve of replications. */
export function curvePoints({ settings, points, optimum }: ReadShapes["curve"]): LearningPoints {
  return {
    agent: agentOf(settings),
    points: points.map(({ iteration, mean, ci95 }) => ({ x: iteration, mean, ci95 })),
    regrets: points.flatMap(({ iteration, regret }) =>
      regret ? [{ x: iteration, mean: regret.mean, ci95: regret.ci95 }] : [],
    ),
    optimum: optimum?.value,
  };
}

/** Returns points and regrets of the iterations of a training, or of the checkpoints of an evaluation. */
export function statisticsPoints(
  { settings, regrets = [], optimum }: Pick<ReadShapes["training"], "settings" | "regrets" | "optimum">,
  statistics: readonly Statistics[],
): LearningPoints {
  const regretAt = ({ iteration }: Statistics, regret: RegretMean): LinePoint => ({
    x: iteration,
    mean: regret.mean,
    ci95: regret.ci95,
  });
  return {
    agent: agentOf(settings),
    points: statistics.map(({ iteration, episodes, averageEpisodeRewards: mean, stdEpisodeRewards }) => {
      return { x: iteration, mean, ci95: meanInterval(mean, stdEpisodeRewards / Math.sqrt(episodes), episodes) };
    }),
    regrets: statistics.slice(0, regrets.length).map((each, at) => regretAt(each, regrets[at]!)),
    optimum,
  };
}

function agentOf(settings: Readonly<Record<string, unknown>>): string {
  return typeof settings["agent"] === "string" ? settings["agent"] : "agent";
}
