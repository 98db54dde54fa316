// What is no lock, and where none can be, is refused with every mistake.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { policies, scenarios } from "../../src/index.js";
import { makeLock, writeLock, type Lock } from "../../src/records/index.js";
import { mistakes } from "./cli/slatesim.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-refused-locks-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const options = { users: 10_000, steps: 7, seed: "lock", firstUser: 100 };
const world = scenarios["lts-tradeoff"]!;
const { parameters } = world;
const made = await makeLock(world, policies.mix(1), options);

/** Writes a lock with some fields changed. */
function written(changes: Partial<Record<keyof Lock, unknown>>): string {
  const path = join(scratch, "changed.lock.json");
  writeLock(path, { ...made, ...changes } as Lock);
  return path;
}

describe("a lock", () => {
  test.each<[string, Partial<Record<keyof Lock, unknown>>, readonly RegExp[]]>([
    ["another format", { format: "lock" }, [/: "format" expected "slatesim lock", got "lock"$/]],
    ["another version", { version: 1 }, [/: "version" expected 2, of the locks that .*, got 1$/]],
    [
      "wrong fields",
      { users: 0, seed: 3, digest: "xyz", kernel: "k", scenario: "", means: 1, lives: [1], extra: 5 } as never,
      [
        /: "extra" is not a field of a lock$/,
        /"scenario" expected one of .*, got ""$/,
        /"users" expected an integer in \[1, 4294967295\], got 0$/,
        /"seed" expected a text, got 3$/,
        /"kernel" expected 64 hexadecimal digits, got "k"$/,
        /"digest" expected 16 hexadecimal digits, got "xyz"$/,
        /"means" expected an object, got 1$/,
        /"lives\[0\]" expected \{ user, steps \} with a list of numbers for every step, got 1$/,
      ],
    ],
    [
      "a block that is no digest",
      { blocks: made.blocks.with(2, "g") },
      [/"blocks\[2\]" expected 16 hexadecimal digits, got "g"$/],
    ],
    [
      "parameters that are illegal",
      { parameters: { ...parameters, slateSize: 40 }, policy: "best" },
      [
        /changed.lock.json: "slateSize" expected an integer in \[1, 32\], got 40$/,
        /changed.lock.json: "policy" expected one of .*, got "best"$/,
      ],
    ],
    [
      "a parameter left out",
      { parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== "resample")) },
      [/"parameters.resample" expected a value, got undefined$/],
    ],
    [
      "a mean left out",
      { means: { ...made.means, finalExposure: null } },
      [/"means.finalExposure" expected a number, got null$/],
    ],
    ["too few blocks", { blocks: made.blocks.slice(1) }, [/"blocks" expected a list of 3 digests, one for every 4096/]],
    ["no episodes", { lives: [] }, [/"lives" expected a list of lives, got \[\]$/]],
    [
      "an episode of somebody else",
      { lives: [{ ...made.lives[0]!, user: 99 }] },
      [/"lives\[0\]" expected at most 7 steps of a user of the run, got \{"user":99,/],
    ],
    ["more steps than there can be", { steps: 61 }, [/lock.json: "steps" expected an integer in \[1, 60\], got 61$/]],
    [
      "episodes that are longer than the run's",
      { steps: 6 },
      [100, 4196, 8292].map(
        (user, place) =>
          new RegExp(`"lives\\[${place}\\]" expected at most 6 steps of a user of the run, got \\{"user":${user},`),
      ),
    ],
    [
      "parameters of another world",
      { parameters: { ...parameters, slateSize: 2 } },
      [/: "world" expected "[0-9a-f]{16}", the hash of the parameters/],
    ],
    ["an unknown policy", { policy: "best" }, [/"policy" expected one of .*, got "best"/]],
  ])("is refused with %s", (_, changes, messages) => {
    const told = mistakes("verify", written(changes));
    expect(told).toEqual(messages.map((message) => expect.stringMatching(message)));
  });

  /** What is said of files that are not there, beside what is asked for. */
  const absent = /^"lock file" expected a file that can be read, got "(a|nowhere\.json)": ENOENT$/;
  test.each<[string, readonly string[], RegExp]>([
    ["no file", ["verify"], /^"FILE" expected a path, got nothing$/],
    [
      "a file that is not there",
      ["verify", "nowhere.json"],
      /^"lock file" expected a file that can be read, got "nowhere.json": ENOENT/,
    ],
    ["a file that is no JSON", ["verify", "README.md"], /^"README.md" expected JSON, got /],
    [
      "half a block as sample",
      ["verify", "nowhere.json", "--sample", "0.5"],
      /^"--sample" expected an integer in \[1, \d+\], got 0.5$/,
    ],
    ["half a worker", ["verify", "nowhere.json", "--workers", "0.5"], /^"--workers" expected "auto" or an integer/],
    ["two files", ["verify", "a", "b"], /^"b" is not an option$/],
    [
      "a lock in no folder",
      ["lock", "nowhere/x.json"],
      /^"file" expected a file in a folder that can be written, got /,
    ],
    [
      "a lock below a file",
      ["lock", "package.json/x"],
      /^"file" expected a file in a folder that can be written, got /,
    ],
    ["a lock of no name", ["lock", ""], /^"file" expected the name of a file, got ""$/],
    ["a lock in the place of a folder", ["lock", "src"], /^"file" expected no folder, got "src"$/],
    ["no users for a lock", ["lock", "x.json", "--users", "0"], /^"--users" expected/],
  ])("is refused with %s", (_, words, message) => {
    const others = mistakes(...words).filter((mistake) => !message.test(mistake));
    expect(mistakes(...words).length - others.length).toBe(1);
    expect(others.filter((mistake) => !absent.test(mistake))).toEqual([]);
  });
});
