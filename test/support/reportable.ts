// Results for charts and reports: usual ones, degenerate ones, and numbers that no chart can draw.
import type { Run, Sweep } from "../../src/index.js";
import {
  compare,
  longTermSatisfaction,
  policies,
  regretOf,
  simulate,
  solve,
  sweep,
  worldGrid,
} from "../../src/index.js";
import type { Reportable } from "../../src/htmlReport/index.js";

const world = longTermSatisfaction({ sensitivity: 0.1 });

let made: Promise<Readonly<Record<string, Reportable>>> | undefined;

/** Results by a name that says what is special about them; made once for all tests. */
export function results(): Promise<Readonly<Record<string, Reportable>>> {
  return (made ??= makeResults());
}

async function makeResults(): Promise<Readonly<Record<string, Reportable>>> {
  const mixes = [policies.random(), policies.mix(1), policies.mix(2)];
  const solution = await solve(world, { steps: 5, gridSize: 9 });
  const settings = { agent: "learner", scenario: "lts", seed: "0" };
  const statistics = { episodes: 20, steps: 100, stdEpisodeRewards: 2, averageEpisodeLength: 5, ctr: 1 };
  const regret = { mean: 1, ci95: [0, 2], share: 0.1 } as const;
  const point = (iteration: number) =>
    ({
      iteration,
      mean: iteration,
      standardError: 1,
      ci95: [iteration - 2, iteration + 2],
      values: [],
      regret,
    }) as const;
  return {
    run: await simulate(world, policies.mix(2), { users: 200 }),
    "one user": await simulate(world, policies.first(), { users: 1 }),
    "one step": await simulate(world, policies.first(), { users: 20, steps: 1 }),
    "controlled estimates": await simulate(world, policies.first(), { users: 300, estimator: "controlled" }),
    comparison: await compare(world, mixes, { users: 200 }),
    "one user compared": await compare(world, mixes, { users: 1 }),
    "equal policies": await compare(world, [policies.first(), { policy: policies.first(), name: "again" }], {
      users: 50,
    }),
    ...(await sweeps()),
    curve: {
      settings,
      replications: [],
      points: [0, 1, 2].map(point),
      optimum: { value: 5, valueError: 0.1 },
      timing: { seconds: 1, workers: 1 },
    },
    training: {
      settings,
      iterations: [1, 2].map((iteration) =>
        Object.assign(
          {
            iteration,
            totalSteps: 1,
            averageEpisodeRewards: iteration,
          },
          statistics,
        ),
      ),
      timing: { seconds: 1, timePerStep: 1 },
    },
    evaluation: {
      settings,
      evaluations: [{ iteration: 0, trainingSteps: 0, averageEpisodeRewards: 3, ...statistics }],
      timing: { seconds: 1, timePerStep: 1 },
    },
    solution,
    solutions: [0.1, 0.2].map((sensitivity) => ({ at: { sensitivity, memoryDiscount: 0.9 }, solution })),
  };
}

/** Sweeps over two parameters, one number, one name, and with one policy alone. */
async function sweeps(): Promise<Readonly<Record<string, Sweep>>> {
  const mixes = [policies.random(), policies.mix(1), policies.mix(2)];
  const [two, one, names] = [
    worldGrid("lts", { sensitivity: [0.5, 0.01], timeBudget: { from: 2, to: 16, count: 3 } }),
    worldGrid("lts", { memoryDiscount: [0.9, 0.7] }, { timeBudget: 4 }),
    worldGrid("lts", { resample: ["step", "never"] }, { timeBudget: 4 }),
  ];
  const options = { users: 200 };
  return {
    sweep: await sweep(two, [policies.random(), policies.mix(1), policies.mix(3)], options),
    "sweep of one number": solved(await sweep(one, mixes, options)),
    "sweep of names": await sweep(names, mixes, { ...options, seeds: ["a", "b"] }),
    "sweep of one policy": await sweep(two, [policies.first()], options),
    "one cell": await sweep([world], mixes, { users: 1 }),
  };
}

/** A sweep as if the optimum were 10 more than the best policy brings: it takes seconds to solve a world. */
function solved({ cells, ...rest }: Sweep): Sweep {
  return {
    ...rest,
    cells: cells.map((cell) => {
      const optimum = { value: 10 + Math.max(...cell.policies.map(({ mean }) => mean)), valueError: 0.5 };
      return {
        ...cell,
        optimum,
        policies: cell.policies.map((each) => ({ ...each, regret: regretOf(optimum, each) })),
      };
    }),
  };
}

/** A run whose statistics are the numbers given: means, errors and edges of bins in turn. */
export function runOf(run: Run, numbers: readonly number[]): Run {
  const at = (place: number): number => numbers[place % numbers.length]!;
  const edges = numbers.toSorted((a, b) => a - b);
  const series = { mean: numbers, standardError: numbers.map((_, place) => Math.abs(at(place + 1))) };
  const moments = {
    mean: at(0),
    variance: at(1),
    standardError: at(2),
    ci95: [at(3), at(4)] as const,
    min: at(5),
    max: at(6),
  };
  const counts = numbers.slice(1).map((number) => (Number.isFinite(number) ? Math.floor(Math.abs(number) % 10) : 1));
  const perStep = { users: numbers.map(() => 10), reward: series };
  const totalRewardDistribution = { ...run.metrics.totalRewardDistribution, edges, counts };
  return {
    ...run,
    metrics: {
      totalReward: moments,
      episodeLength: moments,
      clickPositions: numbers,
      noClicks: at(0),
      totalRewardDistribution,
      perStep,
    },
  };
}
