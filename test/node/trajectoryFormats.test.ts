// Trajectories in every format hold the same episodes, those of `trace`.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeWorld, policies, trace, type World } from "../../src/index.js";
import { writeTrajectories } from "../../src/records/index.js";
import { ask } from "../support/duckdb.js";
import { countingWorld, filmWorld } from "../support/ownWorlds.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-formats-"));
afterAll(() => rmSync(place, { recursive: true }));

const worlds: readonly World[] = [
  makeWorld("lts-tradeoff", { noClickLogit: 0.3 }) as World,
  filmWorld("step") as World,
  countingWorld() as World,
];
const options = { users: [3, 0, 7], seed: "formats", steps: 9 };

/** The rows that a file should have, as plain values. */
function rowsOf(world: World): object[] {
  return [0, 3, 7].flatMap((user) =>
    trace(world, policies.random(), { seed: options.seed, steps: options.steps, user }).steps.map((lived, step) => {
      const { draws: _draws, ...row } = lived as typeof lived & { readonly draws?: unknown };
      return Object.assign(row, { user, step, choice: lived.choice < lived.slate.length ? lived.choice : null });
    }),
  );
}

test.each(worlds.map((world) => [world.scenario, world] as const))(
  "JSON Lines and CSV hold the episodes of trace: %s",
  async (_, world) => {
    const expected = JSON.parse(JSON.stringify(rowsOf(world)));
    await writeTrajectories(join(place, "a.jsonl"), world, policies.random(), options);
    const lines = readFileSync(join(place, "a.jsonl"), "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual(expected);
    await writeTrajectories(join(place, "a.csv"), world, policies.random(), options);
    const csv = await ask(`from read_csv('${join(place, "a.csv")}', all_varchar = true, quote = '"', escape = '"')`);
    const read = csv.map((row) => {
      return Object.fromEntries(
        Object.entries(row).map(([name, cell]) => [name, JSON.parse((cell ?? "null") as string)]),
      );
    });
    expect(read).toEqual(expected);
  },
);

test("the columns of CSV have the order of those of Parquet", async () => {
  for (const name of ["b.csv", "b.parquet"]) {
    await writeTrajectories(join(place, name), worlds[0]!, policies.random(), options);
  }
  const [csv, parquet] = await Promise.all(
    ["csv", "parquet"].map((ending) => ask(`describe from '${place}/b.${ending}'`)),
  );
  expect(csv!.map((row) => row["column_name"])).toEqual(parquet!.map((row) => row["column_name"]));
});
