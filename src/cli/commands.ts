import type { Entry } from "./command.js";

/** In the order of the help. */
export const commands: readonly Entry[] = [
  {
    name: "compare",
    summary: "Compare policies on the same users with common random numbers; print paired differences and a ranking",
    example: "slatesim compare --policy random --policy 'mix(2)' --what-if sensitivity=0.05 --users 200000",
    load: async () => (await import("./compare.js")).compare,
  },
  {
    name: "sweep",
    summary:
      "Compare policies in many worlds on the same users; print the best policy of each, its lift, and a heat map",
    example: "slatesim sweep --vary sensitivity=0.01,0.05,0.1 --vary memoryDiscount=0.7:0.9:3 --csv sweep.csv",
    load: async () => (await import("./sweep.js")).sweep,
  },
  {
    name: "run",
    summary: "Simulate many users under one policy and print means, intervals and a digest",
    example: "slatesim run --policy least-educational --users 1e6 --param sensitivity=0.05",
    load: async () => (await import("./run.js")).run,
  },
  {
    name: "trace",
    summary: "Print one user's episode step by step, as it is inside a run of any size",
    example: "slatesim trace --user 42 --policy 'mix(1)' --steps 10",
    load: async () => (await import("./trace.js")).trace,
  },
  {
    name: "solve",
    summary: "Compute the best that any policy can do, the value of every built-in policy, and which mix is best when",
    example: "slatesim solve --scenario lts-tradeoff --param sensitivity=0.2",
    load: async () => (await import("./solve.js")).solve,
  },
  {
    name: "lock",
    summary: "Run a simulation and write its digests to a lock file",
    example: "slatesim lock random.lock.json --policy random --users 100000",
    load: async () => (await import("./lock.js")).lock,
  },
  {
    name: "verify",
    summary: "Re-run a lock file and report the first difference; exit code 1 if there is one",
    example: "slatesim verify random.lock.json --sample 8",
    load: async () => (await import("./verify.js")).verify,
  },
  {
    name: "train",
    summary: "Train an agent iteration by iteration, with checkpoints from which it can be resumed",
    example: "slatesim train --iterations 10 --steps 6000 --regret --out runs/first",
    load: async () => (await import("./train.js")).train,
  },
  {
    name: "eval",
    summary: "Evaluate a trained agent at one checkpoint or at each, or a fresh agent",
    example: "slatesim eval --agent random --episodes 100",
    load: async () => (await import("./evaluate.js")).evaluate,
  },
  {
    name: "build",
    summary: "Compile a world file to WebAssembly and a typed module; errors name line, column and reason",
    example: "slatesim build patience.world.ts --out worlds",
    load: async () => (await import("./build.js")).build,
  },
  {
    name: "report",
    summary: "Make a report or a chart of a result that --json printed, or of result.json in the folder of --out",
    example: "slatesim report result.json --report result.html --chart clicks.svg --kind clicks",
    load: async () => (await import("./report.js")).report,
  },
  {
    name: "queue",
    summary: "Simulate by workers on many machines: submit a run to a queue in Redis, work on it, show it, cancel runs",
    example: "slatesim queue submit run --users 1e8 --redis redis://127.0.0.1:6379",
    load: async () => (await import("./queue.js")).queue,
  },
  {
    name: "shard",
    summary: "Simulate one of several parts of run, compare or sweep, on any machine, into one file of a folder",
    example: "slatesim shard 3/16 --out shards compare --policy random --policy 'mix(2)' --users 1e8",
    load: async () => (await import("./shard.js")).shard,
  },
  {
    name: "merge",
    summary: "Print what the command of all shards in a folder prints in one process: the same digest",
    example: "slatesim merge shards --json",
    load: async () => (await import("./merge.js")).merge,
  },
  {
    name: "status",
    summary: "Say which shards are in a folder, and which are missing; exit code 1 if any is",
    example: "slatesim status shards",
    load: async () => (await import("./status.js")).status,
  },
];
