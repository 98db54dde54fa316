// Interest evolution and interest exploration: each parameter counts, what is wrong is refused, and both engines have the same bits.
import { describe, expect, test } from "vitest";
import {
  interestEvolution,
  interestExploration,
  makeWorld,
  policies,
  simulate,
  type CompiledWorldOptions,
  type InterestScenario,
  type Run,
  type World,
} from "../../src/index.js";
import { compiledWorld } from "../../src/worlds/compiled/index.js";
import { program } from "../../src/worlds/interest/interestEvolutionProgram.js";
import { mistakesOf } from "../support/mistakesOf.js";

const makers: Readonly<Record<InterestScenario, (options?: CompiledWorldOptions) => World>> = {
  "interest-evolution": interestEvolution,
  "interest-exploration": interestExploration,
};
const scenarios = Object.entries(makers) as [InterestScenario, (typeof makers)[InterestScenario]][];
const chosen = [policies.first(), policies.random(), policies.mix(1)];

type Values = Readonly<Record<string, number | boolean>>;

function parametersOf(world: World): Values {
  return world.parameters as Values;
}

/** Another legal value. */
function changed(name: string, value: number | boolean): number | boolean {
  if (typeof value === "boolean") return !value;
  if (name === "slateSize" || name === "numCandidates") return value + 1;
  return name === "minNormalizer" || name === "minQuality" ? value - 0.25 : value === 0 ? 0.25 : value * 0.75;
}

/** All that a run says, but for how long it took and with which engine. */
function substance({ timing: _timing, engine: _engine, ...rest }: Run): object {
  return rest;
}

/** Where the utility counts, because its factor is 0 otherwise. */
const BESIDE: Readonly<Record<string, Values>> = { utilityAfterUpdate: { userQualityFactor: 0.5 } };

describe.each(scenarios)("%s", (scenario, make) => {
  test("has the same bits in the kernel and in the reference", async () => {
    const wide = { slateSize: 3, numCandidates: 7 };
    for (const policy of chosen) {
      for (const world of [make(), make(wide)]) {
        const options = { users: 66, firstUser: 60, seed: "interest", discount: 0.9, warmUp: 2 };
        const runs = [
          await simulate(world, policy, options),
          await simulate(world, policy, { ...options, engine: "reference" }),
        ];
        expect(runs.map(({ engine }) => engine)).toEqual(["kernel", "reference"]);
        expect(substance(runs[0]!)).toEqual(substance(runs[1]!));
      }
    }
  });

  test("is the same world by its name, by its function and by its parameters", () => {
    const { parameters, hash } = make();
    expect(makeWorld(scenario).hash).toBe(hash);
    expect(makeWorld(scenario, parameters as Values).hash).toBe(hash);
    expect(makeWorld(scenario, { slateSize: 3 }).hash).toBe(make({ slateSize: 3 }).hash);
    expect(makeWorld(scenario, { slateSize: 3 }).hash).not.toBe(hash);
  });

  test.each(Object.keys(parametersOf(make())))("%s changes what is simulated", async (name) => {
    const base = BESIDE[name] ?? {};
    const value = changed(name, parametersOf(make())[name]!);
    const digests = [makeWorld(scenario, base), makeWorld(scenario, { ...base, [name]: value })].map(async (world) => {
      const { digest } = await simulate(world, policies.mix(1), { users: 24, seed: "interest" });
      return digest;
    });
    const [before, after] = await Promise.all(digests);
    expect(after).not.toBe(before);
  });

  test("refuses parameters with every error at once", async () => {
    const wrong = { slateSize: 9.5, numCandidates: 0, curiosity: 1, [Object.keys(parametersOf(make()))[2]!]: "many" };
    const mistakes = await mistakesOf(() => makeWorld(scenario, wrong as never));
    expect(mistakes).toHaveLength(4);
    expect(mistakes).toContain('"curiosity" is not a parameter');
    const name = Object.keys(parametersOf(make())).find((each) => each.endsWith("Stddev"));
    expect(await mistakesOf(() => make({ parameters: { [name!]: -1 } }))).toEqual([
      `"${name}" expected a number in [0, Infinity), got -1`,
    ]);
    expect(await mistakesOf(() => make({ audience: 2 } as never))).toEqual([
      '"audience" is not an option of a compiled world',
    ]);
  });
});

test("a compiled program is refused with every error of its options at once", async () => {
  const wrong = { slateSize: 0.5, numCandidates: 0, parameters: { curiosity: 1, budgetMinutes: "many" as never } };
  const mistakes = await mistakesOf(() => compiledWorld(program, wrong));
  const names = mistakes.map((mistake) => mistake.split('"')[1]);
  expect(names).toEqual(["slateSize", "numCandidates", "curiosity", "budgetMinutes"]);
  const tooFew = await mistakesOf(() => compiledWorld(program, { slateSize: 11 }));
  expect(tooFew).toEqual(['"numCandidates" expected an integer in [11, 32768], got 10']);
});

test("what a kernel cannot simulate the reference does, and says why not", async () => {
  const parameters = { type0Topic0AffinityLogMean: 800, type1Topic0AffinityLogMean: 800 };
  for (const engine of ["kernel", "reference"] as const)
    await expect(simulate(interestExploration({ parameters }), policies.first(), { users: 3, engine })).rejects.toThrow(
      '"User.affinity" expected finite numbers',
    );
});

test("videos are observed as their features, users by their interests", () => {
  const { documentSpace, userSpace } = interestEvolution();
  expect(documentSpace.contains({ features: Array.from({ length: 20 }, (_, i) => Number(i === 3)) })).toBe(true);
  expect(userSpace.contains({ interests: Array.from({ length: 20 }, () => 0) })).toBe(true);
});
