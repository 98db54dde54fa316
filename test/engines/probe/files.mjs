// The bytes of files: a lock, what `--out` leaves, a Parquet file, a training folder.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agents, makeEnv, makeWorld, policies, simulate } from "slatesim";
import { blockFolder, makeLock, writeLock, writeTrajectories } from "slatesim/records";
import { TrainRunner } from "slatesim/train";
import { writeResult } from "./node_modules/slatesim/dist/cli/outFolder.js"; // what the command `run --out` ends with

const world = makeWorld("lts-tradeoff", { timeBudget: 9 });
const RUN = { users: 5000, seed: "files" };

/** What a function writes into a new folder: bytes by path. */
const written = (write) => async () => {
  const folder = mkdtempSync(join(tmpdir(), "slatesim-files-"));
  try {
    await write(folder);
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = entries.map(({ parentPath, path, name }) => join(parentPath ?? path, name)).toSorted();
    return Object.fromEntries(paths.map((path) => [path.slice(folder.length), readFileSync(path)]));
  } finally {
    rmSync(folder, { recursive: true });
  }
};

export const files = {
  lock: written(async (folder) => writeLock(join(folder, "a.lock"), await makeLock(world, policies.random(), RUN))),
  "result.json and blocks": written(async (folder) => {
    writeResult(folder, await simulate(world, policies.mix(1), { ...RUN, store: blockFolder(folder) }));
  }),
  "Parquet file": written((folder) =>
    writeTrajectories(join(folder, "a.parquet"), world, policies.random(), { users: [1, 2, 70], seed: 1 }),
  ),
  ...Object.fromEntries(
    ["jsonl", "parquet"].map((episodeLog) => [
      `training folder, ${episodeLog}`,
      written(async (folder) => {
        const env = await makeEnv(world, { seed: 1 });
        const training = { env, createAgent: agents.clusterBandit(), numIterations: 2, maxTrainingSteps: 40 };
        await new TrainRunner({ ...training, out: join(folder, "out"), episodeLog }).run();
      }),
    ]),
  ),
};
