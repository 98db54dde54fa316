// What the page copies: in a terminal and in Node it gives the digests of the page.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compare } from "../../src/index.js";
import { DEFAULT_EXPERIMENT, prepare, type Experiment, type ReadyExperiment } from "../../src/playground/experiment.js";
import { commandOf, programOf } from "../../src/playground/instructions.js";
import { main } from "./cli/slatesim.js";

const build = fileURLToPath(new URL("../../build/", import.meta.url)); // where the package's own name resolves

const experiments: Readonly<Record<string, Experiment>> = {
  "the default one": { ...DEFAULT_EXPERIMENT, users: 5000 },
  "one with parameters and a hostile seed": {
    scenario: "lts",
    parameters: { sensitivity: 1e-7, memeEngagementLogMean: 4.5, timeBudget: 7, slateSize: 4 },
    policies: ["mix(4)", "first", "random"],
    seed: `--help 'it'\\''s' "$(exit 1)" \`x\` \n é; \${y}`, // every character that has a meaning in shells
    users: 3000,
  },
};

test.each(Object.entries(experiments))(
  "command and program of %s have the digests of the page",
  async (_, experiment) => {
    const { world, policies, seed, users } = prepare(experiment) as ReadyExperiment;
    const { policies: runs } = await compare(world, policies, { users, seed });
    const digests = runs.map(({ policy, digest }) => [policy, digest]);
    expect(new Set(digests.map(([, digest]) => digest)).size).toBe(digests.length);

    const command = commandOf(experiment).replace("npx slatesim", `"$NODE" "$MAIN"`);
    const env = { ...process.env, NODE: process.execPath, MAIN: main };
    const printed = execFileSync("sh", ["-c", `${command} --json`], { encoding: "utf8", env });
    const { policies: fromTerminal } = JSON.parse(printed) as { policies: { policy: string; digest: string }[] };
    expect(fromTerminal.map(({ policy, digest }) => [policy, digest])).toEqual(digests);

    const place = mkdtempSync(join(build, "copied-"));
    try {
      writeFileSync(join(place, "program.mjs"), programOf(experiment));
      const lines = execFileSync(process.execPath, [join(place, "program.mjs")], { encoding: "utf8" })
        .trim()
        .split("\n");
      expect(lines.filter((line) => !/^ |^\]/.test(line)).map((line) => line.split(" ").slice(0, 2))).toEqual(digests);
    } finally {
      rmSync(place, { recursive: true });
    }
  },
);
