// Every kind of world under every kind of policy that can be sent to threads: the same bytes from any number of them.
import { expect, test } from "vitest";
import {
  agentPolicy,
  compare,
  importAgent,
  importPolicy,
  importWorld,
  makeWorld,
  policies,
  scenarios,
  type Comparison,
  type RunPolicy,
  type World,
} from "slatesim";
import { differing } from "../support/differingWorlds.js";

const modules = new URL("../support/moduleWorlds.mjs", import.meta.url);
const THREADS = [2, 3, 7];

/** Worlds whose users differ in the state, in the length of their episodes, and by a table. */
const DIFFERING = ["state and engagement", "episodes without clicks", "columns beside a distribution"];

const worlds: readonly (readonly [string, World])[] = [
  ["lts-tradeoff", scenarios["lts-tradeoff"]],
  ...DIFFERING.map((name) => [`users differ by ${name}`, makeWorld("lts-tradeoff", differing[name]!)]),
  ["a module's world", await importWorld(modules, "small")],
] as [string, World][];

/** The document of a comparison, but for its timing. */
function bytesOf({ timing: _timing, ...rest }: Comparison): string {
  return JSON.stringify(rest);
}

test.each(worlds)("%s", async (_, world) => {
  const compared: readonly RunPolicy[] = [
    policies.random(),
    (await importPolicy(modules, "lastFirst")) as RunPolicy,
    agentPolicy("turning", await importAgent(modules, "turning")) as RunPolicy,
  ];
  const options = { users: 6 * 16_384 + 5, firstUser: 3, steps: 1, seed: "threads" };
  const alone = await compare(world, compared, options);
  for (const workers of THREADS) {
    const shared = await compare(world, compared, { ...options, workers });
    expect(shared.timing.workers).toBe(workers);
    expect(bytesOf(shared)).toBe(bytesOf(alone));
  }
});
