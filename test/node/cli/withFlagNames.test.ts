import { expect, test } from "vitest";
import { InvalidInput } from "../../../src/index.js";
import { simulationFlags } from "../../../src/cli/flags.js";
import { withFlagNames } from "../../../src/cli/withFlagNames.js";
import { train } from "../../../src/cli/train.js";
import { mistakesOf } from "../../support/mistakesOf.js";

test("mistakes name flags wherever they name options, and leave values as they were given", async () => {
  const flags = { ...train.flags, force: simulationFlags.force };
  const told = async (mistake: string) =>
    mistakesOf(() => withFlagNames(flags, () => Promise.reject(new InvalidInput([mistake]))));
  for (const [mistake, expected] of [
    ['"numIterations" expected 1, got 2', '"--iterations" expected 1, got 2'],
    ['"repair" expected nothing without resume, got true', '"--repair" expected nothing without --resume, got true'],
    ['"out" expected no file (force replaces it), got "x"', '"--out" expected no file (--force replaces it), got "x"'],
    [
      '"x" expected a file, got "y" (resume with repair: it a)',
      '"x" expected a file, got "y" (--resume with --repair: it a)',
    ],
    ['"constructor" is no option, got 1', '"constructor" is no option, got 1'],
    ['"resume" expected a folder, got undefined', '"--resume" expected a folder, got nothing'],
    ['"x" expected 1, got "without resume"', '"x" expected 1, got "without resume"'],
    ['"x" expected 1, got "(force replaces it), got y"', '"x" expected 1, got "(force replaces it), got y"'],
  ] as const)
    expect(await told(mistake)).toEqual([expected]);
});
