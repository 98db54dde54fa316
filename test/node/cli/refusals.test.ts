import { describe, expect, test } from "vitest";
import { mistakes } from "./slatesim.js";

const POLICIES =
  '"first", "random", "most-educational", "least-educational", "greedy", "greedy(field)", "mix(m)", "mix(m, field)"';
const SCENARIOS = '"lts-tradeoff", "lts", "lts-notebook", "choc-kale", "interest-evolution", "interest-exploration"';
const COUNT = "an integer in [1, 4294967295]";

describe("slatesim run refuses", () => {
  test("lists every mistake at once, each once", () => {
    const flags =
      "--sed 3 --users 0 --first-user many --json=yes stray -x --policy randm --engine kernal --steps 61 --steps 62 " +
      "--param sensitvity=1 --param memoryDiscount=1.2 --param slateSize=3.5 --param oops";
    expect(mistakes("run", ...flags.split(" "))).toEqual([
      '"stray" is not an option',
      '"--sed" is not an option (did you mean "--seed"?)',
      '"--json" expected no value, got "yes"',
      '"-x" is not an option',
      '"--first-user" expected a number such as 1000 or 1e3, got "many"',
      '"--steps" expected once, got 2 times',
      '"--param" expected name=value, got "oops"',
      '"sensitvity" is not a parameter (did you mean "sensitivity"?)',
      '"memoryDiscount" expected a number in [0, 1), got 1.2',
      '"slateSize" expected an integer in [1, 32], got 3.5',
      `"--policy" expected one of ${POLICIES}, got "randm" (did you mean "random"?)`,
      `"--users" expected ${COUNT}, got 0`,
      '"--engine" expected one of "kernel", "reference", got "kernal" (did you mean "kernel"?)',
    ]);
  });

  test.each(["run", "trace"])("checks steps and policy even where the world cannot be made: %s", (command) => {
    const bad = ["--steps", "99999", "--policy", "mix(40)", "--param", "slateSize=12"];
    expect(mistakes(command, ...bad)).toEqual([
      '"slateSize" expected at most 10 (numCandidates), got 12',
      '"--policy" expected mix(m) with an integer m in [0, 32] (slateSize), got "mix(40)"',
      '"--steps" expected an integer in [1, 65536], got 99999',
    ]);
  });

  test.each<[string, readonly string[], string]>([
    ["2^32 users", ["--users", "4294967296"], `"--users" expected ${COUNT}, got 4294967296`],
    ["NaN users", ["--users", "NaN"], `"--users" expected ${COUNT}, got NaN`],
    ["infinite users", ["--users=Infinity"], `"--users" expected ${COUNT}, got Infinity`],
    ["half a user", ["--users", "0.5"], `"--users" expected ${COUNT}, got 0.5`],
    ["hexadecimal users", ["--users", "0x10"], '"--users" expected a number such as 1000 or 1e3, got "0x10"'],
    ["a flag without its value before another", ["--users", "--seed", "3"], '"--users" expected a value, got nothing'],
    ["a flag at the end without its value", ["--seed"], '"--seed" expected a value, got nothing'],
    ["more steps than the time budget", ["--steps", "61"], '"--steps" expected an integer in [1, 60], got 61'],
    ["no steps", ["--steps", "0"], '"--steps" expected an integer in [1, 60], got 0'],
    [
      "users beyond the last",
      ["--users", "2", "--first-user", "4294967295"],
      '"--first-user" expected at most 4294967294 beside 2 users, got 4294967295',
    ],
    [
      "an unknown scenario",
      ["--scenario", "lts-tradeof"],
      `"--scenario" expected one of ${SCENARIOS}, got "lts-tradeof" (did you mean "lts-tradeoff"?)`,
    ],
    [
      "a mix larger than the slate",
      ["--policy", "mix(4)"],
      '"--policy" expected mix(m) with an integer m in [0, 3] (slateSize), got "mix(4)"',
    ],
    [
      "a field that documents do not have",
      ["--policy", "greedy(quality)"],
      '"--policy" expected one that ranks by a numeric field of the documents (educativeness, clusterId), got "greedy(quality)"',
    ],
    [
      "a slate larger than the candidates",
      ["--param", "slateSize=11"],
      '"slateSize" expected at most 10 (numCandidates), got 11',
    ],
    [
      "a hexadecimal parameter",
      ["--param", "sensitivity=0x1"],
      '"sensitivity" expected a number in [0, 1000], got "0x1"',
    ],
    ["an empty parameter", ["--param", "sensitivity="], '"sensitivity" expected a number in [0, 1000], got ""'],
    [
      "a parameter twice",
      ["--param", "sensitivity=1", "--param", "sensitivity=2"],
      '"--param sensitivity" expected once, got it again',
    ],
    ["documents that are no JSON", ["--param", "documents=[{"], '"documents" expected JSON, got "[{"'],
    [
      "a misspelt word",
      ["--param", "equations=pros"],
      '"equations" expected one of "prose", "notebook", "chocKale", got "pros" (did you mean "prose"?)',
    ],
    ["an inherited name as flag", ["--constructor"], '"--constructor" is not an option'],
    ["an inherited accessor as flag", ["--__proto__=1"], '"--__proto__" is not an option'],
    ["an inherited name as parameter", ["--param", "__proto__=1"], '"__proto__" is not a parameter'],
    [
      "a negative number as value",
      ["--first-user", "-1"],
      '"--first-user" expected an integer in [0, 4294967295], got -1',
    ],
    [
      "a negative exponent as value",
      ["--users", "-1e3"],
      '"--users" expected an integer in [1, 4294967295], got -1000',
    ],
    ["a single dash", ["-users", "5"], '"-users" is not an option (did you mean "--users"?)'],
  ])("%s, and says nothing else", (_, words, expected) => {
    expect(mistakes("run", ...words)).toEqual([expected]);
  });

  test("knows the word that a command takes wherever it stands, and refuses another", () => {
    const missing = '"FILE" expected a path, got nothing';
    const unknown = '"--smple" is not an option (did you mean "--sample"?)';
    expect(mistakes("verify", "--smple", "3")).toEqual([missing, unknown]);
    expect(mistakes("verify", "--smple", "3", "--json", "nowhere.json")).toEqual([
      unknown,
      expect.stringContaining("nowhere.json"),
    ]);
    expect(mistakes("verify", "nowhere.json", "other", "--workers", "0")).toEqual([
      '"other" is not an option',
      expect.stringContaining("nowhere.json"),
      expect.stringMatching(/^"--workers" expected .*, got 0$/),
    ]);
  });

  test("a flag of many values without one is told of beside the others", () => {
    expect(mistakes("compare", "--policy", "frst", "--policy", "--policy=x", "--users", "--seed=")).toEqual([
      expect.stringMatching(/^"--policy" expected a value, got nothing$/),
      expect.stringMatching(/^"--users" expected a value, got nothing$/),
      expect.stringMatching(/^"--seed" expected a value, got nothing$/),
      expect.stringMatching(/^"--policy" expected one of .*, got "frst" .*$/),
      expect.stringMatching(/^"--policy" expected one of .*, got "x"$/),
    ]);
  });

  test("foreign text is escaped", () => {
    const told = mistakes("run", "a\u001b[31m", "--b\u0007", "--users=\u009b", "--json=\n");
    expect(told).toEqual([
      '"a\\u001b[31m" is not an option',
      '"--b\\u0007" is not an option',
      '"--json" expected no value, got "\\n"',
      '"--users" expected a number such as 1000 or 1e3, got "\\u009b"',
    ]);
  });

  test("tells the parameters' mistakes beside an unknown scenario's, and the options' too", () => {
    const flags = "--scenario nowhere --param memoryDiscount=2 --users 0 --policy x";
    expect(mistakes("run", ...flags.split(" "))).toEqual([
      `"--scenario" expected one of ${SCENARIOS}, got "nowhere"`,
      '"memoryDiscount" expected a number in [0, 1), got 2',
      `"--policy" expected one of ${POLICIES}, got "x"`,
      `"--users" expected ${COUNT}, got 0`,
    ]);
  });
});
