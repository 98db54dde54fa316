// Everything else that promises bits. `engine` simulates what the kernel and the reference both can.
import {
  agentPolicy,
  agents,
  Bandit,
  choiceModels,
  compare,
  drawsAt,
  exp,
  GlmBandit,
  log,
  logistic,
  makeWorld,
  mergeRuns,
  policies,
  simulate,
  solve,
  trace,
} from "slatesim";
import { ips, logEpisodes, perDecision, pseudoInverse, stochasticPolicy, targetPolicy } from "slatesim/evaluation";
import { patience, turning } from "./own.mjs";
import { substance } from "./substance.mjs";

const world = makeWorld("lts-tradeoff");
const RUN = { users: 70, steps: 5, seed: "items" };

export function items(engine) {
  return { ...arithmetic, ...learning, ...episodes, ...estimates(engine) };
}

const arithmetic = {
  functions: () => {
    const points = Array.from({ length: 2000 }, (_, at) => at - 1000);
    return points.map((x) => [exp(0.7 * x), logistic(x / 50), log((x * x + 1) * (x % 2 === 0 ? 1e-300 : 1 / 7))]);
  },
  draws: () => {
    const draws = drawsAt({ seed: "é✓", user: 5, step: 3 });
    return Array.from({ length: 200 }, () => [draws.uniform(), draws.normal(), draws.integer(1000)]);
  },
  "choice models": () => {
    const made = {
      multinomialLogit: { noClickLogit: 0.3 },
      multinomialProportional: { minNormalizer: -5, noClickMass: 0.2 },
      exponentialCascade: { attentionProbability: 0.7, scoreScaling: 0.1 },
      proportionalCascade: { attentionProbability: 0.7, minNormalizer: -5, scoreScaling: 0.01 },
    };
    return Object.entries(choiceModels).map(([name, make]) => {
      const model = make(made[name]);
      return Array.from({ length: 100 }, (_, user) => {
        const draws = drawsAt({ seed: 1, user });
        return model.probabilities([draws.uniform(), draws.uniform() - 2, -4 * draws.uniform()]);
      });
    });
  },
};

const learning = {
  bandits: () =>
    ["ucb1", "klUcb", "thompson"].map((algorithm) => {
      const bandit = new Bandit(algorithm, 5, { seed: 3 });
      return Array.from({ length: 100 }, (_, user) => {
        const arm = bandit.selectArm();
        bandit.update(arm, drawsAt({ seed: 2, user }).uniform() < 0.1 * (arm + 2) ? 1 : 0);
        return [arm, bandit.scores()];
      });
    }),
  "generalised linear bandits": () =>
    ["ucbGlm", "glmThompson"].map((algorithm) => {
      const bandit = new GlmBandit(algorithm, 3, { seed: 3 });
      return Array.from({ length: 40 }, (_, user) => {
        const draws = drawsAt({ seed: 4, user });
        const arms = Array.from({ length: 4 }, () => [draws.normal(), draws.normal(), 1]);
        const arm = bandit.selectArm(arms);
        bandit.update(arms[arm], draws.uniform() < 0.4 ? 1 : 0);
        return [arm, bandit.scores(arms)];
      });
    }),
  "agent as a policy": async () => {
    const bandit = agentPolicy("bandit", agents.clusterBandit({ algorithm: "thompson" }));
    return substance(await simulate(world, bandit, { ...RUN, users: 9 }));
  },
};

/** The two most educational documents, mostly in that order. */
function slateProbabilities({ doc }) {
  const [first, second] = [...doc.keys()].toSorted((a, b) => doc[b].educativeness - doc[a].educativeness);
  return [
    { slate: [first, second], probability: 0.75 },
    { slate: [second, first], probability: 0.25 },
  ];
}

const episodes = {
  trace: () => trace(world, policies.mix(2), { user: 42, seed: "items" }),
  "custom world": async () => substance(await simulate(patience, policies.random(), RUN)),
  "custom world, compared": async () => substance(await compare(patience, [policies.first(), turning], RUN)),
  evaluation: () => {
    const small = makeWorld("lts-tradeoff", { slateSize: 2, numCandidates: 4 });
    const logged = logEpisodes(small, policies.random(), { users: 100, steps: 2, seed: 1 });
    const target = targetPolicy(small, stochasticPolicy(small, { name: "preferring", slateProbabilities }));
    return [ips, perDecision, pseudoInverse].map((estimator) => estimator(logged, target));
  },
};

/** Users of several kinds, by distributions and by a table. */
const differing = {
  "by distributions": {
    memoryDiscount: { distribution: "uniform", min: 0.5, max: 0.95 },
    sensitivity: { distribution: "beta", alpha: 2, beta: 0.5, max: 0.3 },
    innovationStddev: { distribution: "logNormal", logMean: -3, logStddev: 0.3, max: 1 },
    memeEngagementLogMean: { distribution: "normal", mean: 5, stddev: 0.2 },
    memeEngagementLogStddev: { distribution: "discrete", values: [0.5, 1, 1.5], weights: [1, 0, 2] },
  },
  "by a table": {
    users: [
      { sensitivity: 0.1, timeBudget: 5 },
      { sensitivity: 0.2, timeBudget: 9 },
      { sensitivity: 0, timeBudget: 1 },
    ],
  },
};

function estimates(engine) {
  const run = (policy, more, simulated = world) => simulate(simulated, policy, { ...RUN, engine, ...more });
  const of =
    (...given) =>
    async () =>
      substance(await run(...given));
  return {
    ...Object.fromEntries(
      ["sampled", "expected", "controlled"].map((estimator) => [
        `estimator ${estimator}`,
        of(policies.random(), { estimator, steps: 2, discount: 0.9, warmUp: 1 }),
      ]),
    ),
    ...Object.fromEntries(
      Object.entries(differing).map(([name, parameters]) => [
        `users who differ ${name}`,
        of(policies.random(), { steps: 1 }, makeWorld("lts-tradeoff", parameters)),
      ]),
    ),
    "batch policy": of(turning),
    "last users": of(policies.random(), { firstUser: 2 ** 32 - 70 }),
    comparison: async () => substance(await compare(world, [policies.mix(1), policies.random()], { ...RUN, engine })),
    "precision reached": of(policies.random(), {
      users: undefined,
      precision: { relative: 0.5 },
      maxUsers: 5000,
      steps: 1,
    }),
    "runs merged": async () => {
      const parts = [{ users: 4096 }, { firstUser: 4096, users: 9 }];
      const [first, second] = await Promise.all(parts.map((part) => run(policies.random(), { ...part, steps: 1 })));
      return substance(mergeRuns(first, second));
    },
    "optimal policy": async () => {
      const solution = await solve(world, { steps: 2, gridSize: 4 });
      return [solution.value, substance(await run(policies.optimal(solution), { steps: 2 }))];
    },
  };
}
