import { describe, expect, test } from "vitest";
import { mistakes } from "./slatesim.js";

describe("slatesim run refuses", () => {
  test("lists every mistake at once, each once", () => {
    const flags =
      "--sed 3 --users 0 --first-user many --json=yes stray -x --policy randm --engine kernal --steps 61 --steps 62 " +
      "--param sensitvity=1 --param memoryDiscount=1.2 --param slateSize=3.5 --param oops";
    const expected = [
      /^"--sed" is not an option \(did you mean "--seed"\?\)$/,
      /^"stray" is not an option$/,
      /^"-x" is not an option$/,
      /^"--first-user" expected a number such as 1000 or 1e3, got "many"$/,
      /^"--json" expected no value, got "yes"$/,
      /^"--steps" expected once, got 2 times$/,
      /^"--param" expected name=value, got "oops"$/,
      /^"sensitvity" is not a parameter \(did you mean "sensitivity"\?\)$/,
      /^"memoryDiscount" expected a number in \[0, 1\), got 1\.2$/,
      /^"slateSize" expected an integer in \[1, 32\], got 3\.5$/,
      /^"--policy" expected one of .*"random".*, got "randm" \(did you mean "random"\?\)$/,
      /^"--users" expected .*, got 0$/,
      /^"--engine" expected .*, got "kernal" \(did you mean "kernel"\?\)$/,
    ];
    const told = mistakes("run", ...flags.split(" "));
    for (const mistake of expected) expect(told.filter((line) => mistake.test(line))).toHaveLength(1);
    expect(told).toHaveLength(new Set(told).size);
    expect(told).not.toContain('"3" is not an option');
  });

  test("checks steps and policy even where the world cannot be made", () => {
    const bad = ["--steps", "99999", "--policy", "mix(40)", "--param", "slateSize=12"];
    expect(mistakes("run", ...bad)).toHaveLength(3);
    expect(mistakes("trace", ...bad)).toHaveLength(3);
  });

  test.each<[string, readonly string[], RegExp]>([
    ["2^32 users", ["--users", "4294967296"], /^"--users" expected .*, got 4294967296$/],
    ["NaN users", ["--users", "NaN"], /^"--users" expected .*, got NaN$/],
    ["infinite users", ["--users=Infinity"], /^"--users" expected .*, got Infinity$/],
    ["half a user", ["--users", "0.5"], /^"--users" expected .*, got 0\.5$/],
    ["hexadecimal users", ["--users", "0x10"], /^"--users" expected a number.*, got "0x10"$/],
    [
      "a flag without its value before another",
      ["--users", "--seed", "3"],
      /^"--users" expected a value, got nothing$/,
    ],
    ["a flag at the end without its value", ["--seed"], /^"--seed" expected a value, got nothing$/],
    ["more steps than the time budget", ["--steps", "61"], /^"--steps" expected .*, got 61$/],
    ["no steps", ["--steps", "0"], /^"--steps" expected .*, got 0$/],
    ["users beyond the last", ["--users", "2", "--first-user", "4294967295"], /4294967295/],
    [
      "an unknown scenario",
      ["--scenario", "lts-tradeof"],
      /^"--scenario" expected .* \(did you mean "lts-tradeoff"\?\)$/,
    ],
    ["a mix larger than the slate", ["--policy", "mix(4)"], /^"--policy" expected .*, got "mix\(4\)"$/],
    ["a slate larger than the candidates", ["--param", "slateSize=11"], /^"slateSize" expected .*, got 11$/],
    ["a hexadecimal parameter", ["--param", "sensitivity=0x1"], /^"sensitivity" expected a number .*, got "0x1"$/],
    ["an empty parameter", ["--param", "sensitivity="], /^"sensitivity" expected a number .*, got ""$/],
    [
      "a parameter twice",
      ["--param", "sensitivity=1", "--param", "sensitivity=2"],
      /^"--param sensitivity" expected once/,
    ],
    ["documents that are no JSON", ["--param", "documents=[{"], /^"documents" expected JSON, got "\[\{"$/],
    [
      "a misspelt word",
      ["--param", "equations=pros"],
      /^"equations" expected .*, got "pros" \(did you mean "prose"\?\)$/,
    ],
    ["an inherited name as flag", ["--constructor"], /^"--constructor" is not an option$/],
    ["an inherited accessor as flag", ["--__proto__=1"], /^"--__proto__" is not an option$/],
    ["an inherited name as parameter", ["--param", "__proto__=1"], /^"__proto__" is not a parameter$/],
    ["a single dash", ["-users", "5"], /^"-users" is not an option \(did you mean "--users"\?\)$/],
  ])("%s, and says nothing else", (_, words, expected) => {
    expect(mistakes("run", ...words)).toEqual([expect.stringMatching(expected)]);
  });

  test("tells the parameters' mistakes beside an unknown scenario's, and the options' too", () => {
    const flags = "--scenario nowhere --param memoryDiscount=2 --users 0 --policy x";
    expect(mistakes("run", ...flags.split(" "))).toEqual([
      expect.stringMatching(/^"--scenario" expected one of .*, got "nowhere"$/),
      expect.stringMatching(/^"memoryDiscount" expected .*, got 2$/),
      expect.stringMatching(/^"--policy" expected .*, got "x"$/),
      expect.stringMatching(/^"--users" expected .*, got 0$/),
    ]);
  });
});
