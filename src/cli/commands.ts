import type { Entry } from "./command.js";

/** In the order of the help. */
export const commands: readonly Entry[] = [
  {
    name: "compare",
    summary: "which policy is better, by how much, and how sure is that? All on the same users and draws",
    example: "slatesim compare --policy random --policy 'mix(2)' --what-if sensitivity=0.05 --users 200000",
    load: async () => (await import("./compare.js")).compare,
  },
  {
    name: "run",
    summary: "simulate many users under one policy and summarise their lives",
    example: "slatesim run --scenario lts-tradeoff --policy least-educational --users 1e6 --param sensitivity=0.05",
    load: async () => (await import("./run.js")).run,
  },
  {
    name: "trace",
    summary: "show one user's life step by step, as it happens inside a run of any size",
    example: "slatesim trace --user 42 --scenario lts-tradeoff --policy 'mix(1)' --steps 10",
    load: async () => (await import("./trace.js")).trace,
  },
  {
    name: "lock",
    summary: "record a run's digests in a file, for verify to hold it to them",
    example: "slatesim lock lts-random.lock.json --scenario lts --policy random --users 100000",
    load: async () => (await import("./lock.js")).lock,
  },
  {
    name: "verify",
    summary: "live a locked run again: equal, or where it first differs (exit code 1)",
    example: "slatesim verify lts-random.lock.json --sample 8",
    load: async () => (await import("./verify.js")).verify,
  },
  {
    name: "train",
    summary: "let an agent fill the slates, iteration by iteration, with checkpoints to resume",
    example:
      "slatesim train --scenario lts-tradeoff --agent cluster-bandit --iterations 10 --steps 1000 --out runs/first",
    load: async () => (await import("./train.js")).train,
  },
  {
    name: "eval",
    summary: "how well does a trained agent do, at one checkpoint or at each?",
    example: "slatesim eval --agent random --scenario lts-tradeoff --episodes 100",
    load: async () => (await import("./evaluate.js")).evaluate,
  },
];
