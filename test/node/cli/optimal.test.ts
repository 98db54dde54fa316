// The optimal policy on the command line: solved first, then simulated.
import { describe, expect, test } from "vitest";
import {
  compare,
  makeWorld,
  policies,
  simulate,
  solve,
  type Comparison,
  type LtsTypes,
  type Run,
} from "../../../src/index.js";
import { toJson } from "../../../src/report/json.js";
import { json, mistakes, spawned } from "./slatesim.js";

const extent = { users: 300, steps: 3, discount: 0.5 };
const words = ["--policy", "optimal", "--users", "300", "--steps", "3", "--discount", "0.5"];
const small = { slateSize: 1, numCandidates: 4 }; // solved in a tenth of a second
const inWorld = ["--param", "slateSize=1", "--param", "numCandidates=4"];
const base = makeWorld("lts-tradeoff", small);
const changed = makeWorld("lts-tradeoff", { ...small, sensitivity: 0.2 });
const solved = Promise.all([base, changed].map((world) => solve(world, { steps: 3, discount: 0.5 })));

describe("--policy optimal", () => {
  test("runs as policies.optimal of the world's solution", async () => {
    const {
      timing: _a,
      config: _config,
      ...run
    } = json<Run<LtsTypes> & { config: unknown }>("run", ...inWorld, ...words);
    const { timing: _b, ...expected } = await simulate(base, policies.optimal((await solved)[0]!), extent);
    expect(run).toEqual(JSON.parse(toJson(expected)));
  });

  test("is compared in each world by the solution of that world", async () => {
    const command = ["compare", ...inWorld, ...words, "--policy", "first", "--what-if", "sensitivity=0.2"];
    const { timing: _a, config: _config, ...comparison } = json<Comparison<LtsTypes> & { config: unknown }>(...command);
    const [here, there] = (await solved).map((solution) => policies.optimal(solution));
    const variants = [
      here!,
      policies.first(),
      { policy: there!, world: changed, name: "optimal with sensitivity=0.2" },
      { policy: policies.first(), world: changed, name: "first with sensitivity=0.2" },
    ];
    const { timing: _b, ...expected } = await compare(base, variants, extent);
    expect(comparison).toEqual(JSON.parse(toJson(expected)));
  });

  test("is refused where a world cannot be solved, and by commands that need the policy's name", () => {
    const stays = '"resample" expected "step", so that the exposure is all of the state, got "episode"';
    for (const command of [["run"], ["compare", "--policy", "first"]]) {
      expect(mistakes(...command, ...words, "--param", "resample=episode")).toEqual([stays]);
    }
    expect(mistakes("trace", "--policy", "optimal")).toEqual([
      expect.stringMatching(/^"--policy" expected one of "first", /),
    ]);
  });

  test("is in the help of the commands that take it", () => {
    for (const command of ["run", "compare"])
      expect(spawned(command, "--help").out).toMatch(/mix\(m,\s+field\),\s+optimal,\s+belief\./);
    expect(spawned("trace", "--help").out).not.toContain("optimal");
  });
});
