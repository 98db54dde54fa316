import type { Command } from "./command.js";

/** The commands whose work can be done in shards; loaded when one is asked for. */
export const shardCommands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import("./run.js")).run,
  compare: async () => (await import("./compare.js")).compare,
  train: async () => (await import("./train.js")).train,
  sweep: async () => (await import("./sweep.js")).sweep,
};

/** Returns the command of that name; undefined for one without shards. */
export async function loadShardCommand(name: string): Promise<Command | undefined> {
  return Object.hasOwn(shardCommands, name) ? shardCommands[name]!() : undefined;
}
