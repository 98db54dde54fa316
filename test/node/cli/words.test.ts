import { describe, expect, test } from "vitest";
import { userFlags, simulationFlags, worldFlags, policyFlags } from "../../../src/cli/flags.js";
import { flagMistake, withFlagNames } from "../../../src/cli/withFlagNames.js";
import { isShort } from "../../../src/cli/isShort.js";
import { parseNumber } from "../../../src/check/parseNumber.js";
import { Pace, timeLeft } from "../../../src/cli/pace.js";
import { progressLine } from "../../../src/cli/progressBar.js";
import { OPTION_NAMES } from "../../../src/montecarlo/options.js";
import { InvalidInput, policies, scenarios, simulate } from "../../../src/index.js";
import { mistakesOf } from "../../support/mistakesOf.js";

const flags = { ...worldFlags, ...policyFlags, ...userFlags, ...simulationFlags };

describe("flagMistake", () => {
  test("names the flag for every option of a run that has one", () => {
    const inner = new Set(["metrics", "workerUrl", "signal", "store", "onProgress"]);
    for (const name of OPTION_NAMES.filter((option) => !inner.has(option))) {
      const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      expect(flagMistake(`"${name}" expected a number, got 1`, flags)).toBe(`"--${flag}" expected a number, got 1`);
    }
  });

  test("leaves none of the options' names in what a run refuses", async () => {
    const options = { users: 5, maxUsers: 7, firstUser: -1, steps: 0, seed: "", precision: { relative: 7 } };
    const more = { engine: "gpu", estimator: "x", workers: 0 };
    const told = await mistakesOf(() => simulate(scenarios["lts"]!, policies.mix(9), { ...options, ...more } as never));
    expect(told.map((mistake) => flagMistake(mistake, flags))).toEqual([
      '"--policy" expected mix(m) with an integer m in [0, 3] (slateSize), got "mix(9)"',
      '"--users" expected nothing beside --precision (--max-users bounds it), got 5',
      '"--first-user" expected an integer in [0, 4294967295], got -1',
      '"--steps" expected an integer in [1, 60], got 0',
      '"--seed" expected a text that is not empty, or a finite number, got ""',
      '"--estimator" expected one of "sampled", "expected", "controlled", got "x"',
      '"--engine" expected one of "kernel", "reference", got "gpu"',
      '"--workers" expected "auto" or an integer in [1, 256], got 0',
      '"--precision" expected a number in (0, 1), got 7',
    ]);
  });

  test("leaves parameters, files and values alone", () => {
    for (const mistake of [
      '"sensitivity" expected a number, got 5',
      'runs/x: "seed" expected "1", as asked for, got "2"',
      '"users" is not a parameter',
    ]) {
      expect(flagMistake(mistake, flags)).toBe(mistake);
    }
    const quoted = '"seed" expected a text, got "nothing beside precision"';
    expect(flagMistake(quoted, flags)).toBe(`"--${quoted.slice(1)}`);
    expect(flagMistake('policies[3]: "timeBudget" expected 60 steps, got 5', flags)).toBe(
      '"timeBudget" expected 60 steps, got 5',
    );
  });
});

describe("isShort", () => {
  test.each<[boolean, string]>([
    [true, "run --users 1000"],
    [true, "run --users=1e4 --json --seed x"],
    [true, "compare --users 10 --policy first --policy mix(2)"],
    [true, "trace --user 7"],
    [false, "run"],
    [false, "run --users 1e5"],
    [false, "run --users oops"],
    [false, "run --users 10 --policy-module x.mjs"],
    [false, "run --users 10 --param numCandidates=4096"],
    [false, "run --users 10 --out folder"],
    [false, "compare --users 10 --what-if timeBudget=65536"],
    [false, "trace --param timeBudget=65536"],
    [false, "lock file --users 10"],
    [false, "verify file"],
  ])("%s for %s", (short, line) => {
    const [name, ...words] = line.split(" ");
    expect(isShort(name!, words)).toBe(short);
  });
});

describe("progress", () => {
  test("fits into any terminal, with the share always and the time left before all else", () => {
    const progress = { done: 123_456, total: 1_000_000, unit: "users" };
    for (let columns = 10; columns < 200; columns++) {
      const line = progressLine(progress, 4567, columns);
      expect(line.length).toBeLessThan(columns);
      const [bar, words] = /^([█░]*) ?(.*)$/.exec(line)!.slice(1) as [string, string];
      const told = [10, 17, 37, 39, 59].findLastIndex((least) => columns >= least);
      expect(words).toBe(
        [
          "12 %",
          "12 %, 3 min left",
          "12 %, 3 min left, of 1,000,000 users",
          "12 %, 3 min left, 4,567 users a second",
          "12 %, 3 min left, 4,567 users a second, of 1,000,000 users",
        ][told],
      );
      const room = columns - 2 - words.length;
      const cells = room < 4 ? 0 : Math.min(room, 24);
      expect(bar).toBe("█".repeat(Math.round(0.123456 * cells)).padEnd(cells, "░"));
    }
  });

  test("the time left does not jump with single steps", () => {
    const pace = new Pace(0, 0);
    for (let second = 1; second <= 60; second++) pace.add(second, 100 * second);
    const before = pace.perSecond;
    pace.add(60.05, 6000 + 500); // what a hundred times as fast a moment brings
    expect(pace.perSecond / before).toBeLessThan(1.6);
    expect(before).toBeCloseTo(100, 6);
  });

  test("the time left is no finer than can be known", () => {
    expect([0.2, 9.1, 11, 61, 89].map(timeLeft)).toEqual([
      "1 s left",
      "10 s left",
      "15 s left",
      "65 s left",
      "90 s left",
    ]);
    expect([100, 3000, 8000, Infinity, NaN].map(timeLeft)).toEqual(["2 min left", "50 min left", "2 h left", "", ""]);
  });
});

test("a number may begin or end with its point", () => {
  expect([".5", "5.", "-.5e1", "5.e1"].map(parseNumber)).toEqual([0.5, 5, -5, 50]);
  expect([".", "e1", "0x1", "1 ", ""].map(parseNumber)).toEqual(Array(5).fill(undefined));
});

test("two looks at one moment tell nothing of the speed", () => {
  const pace = new Pace(0, 0);
  pace.add(1, 10);
  pace.add(1, 20);
  expect(pace.perSecond).toBe(10);
});

test("a mistake that two options share is told once", async () => {
  const twice = ["policies[0]", "policies[1]"].map((place) => `${place}: "seed" expected a text`);
  const told = withFlagNames({ seed: userFlags.seed }, () => Promise.reject(new InvalidInput(twice)));
  await expect(told).rejects.toMatchObject({ errors: ['"--seed" expected a text'] });
});

test("ninety seconds are told in minutes, and less in seconds", () => {
  expect([timeLeft(89), timeLeft(90)]).toEqual(["90 s left", "2 min left"]);
});
