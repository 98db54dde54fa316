// What stands in the folder of a training run or an evaluation where a file is due.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { EvalRunner } from "../../src/train/index.js";
import { crashing, createAgent, openFilms, trainFilms } from "../support/films.js";
import { filesIn } from "../support/filesIn.js";
import { mistakesOf } from "../support/mistakesOf.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-obstacles-"));
afterAll(() => rmSync(place, { recursive: true }));
const folder = (name: string): string => join(place, name);

/** What may stand in the place of a file. */
const obstacles: ((path: string) => void)[] = [
  (path) => void spawnSync("mkfifo", [path]),
  (path) => mkdirSync(path),
  (path) => symlinkSync(`${path}.nowhere`, path),
  (path) => symlinkSync(path, path),
];

describe("a folder", () => {
  test.each(["run.json", "train/iterations.jsonl", "train/episodes.jsonl", "train/events.out.tfevents.0.slatesim"])(
    "in which %s is a link or no file is refused, and mended when told to, without waiting",
    async (name) => {
      const options = {
        out: folder(`obstacle-${name.replaceAll("/", "-")}`),
        episodeLog: "jsonl",
        resume: true,
      } as const;
      const path = join(options.out, name);
      for (const put of obstacles) {
        rmSync(options.out, { recursive: true, force: true });
        await trainFilms({ ...options, resume: false });
        const whole = filesIn(options.out);
        rmSync(path);
        put(path);
        const told = await mistakesOf(() => trainFilms(options));
        const logs = name.endsWith(".jsonl");
        const rest = logs ? "it restarts" : "it resumes from iteration 4";
        expect(told).toEqual([`"${path}" expected a file, got "something else" (resume with repair: ${rest})`]);
        const { repaired } = await trainFilms({ ...options, repair: true });
        const aside = logs ? ["iterations", "episodes"].map((log) => join(options.out, `train/${log}.jsonl`)) : [path];
        expect(repaired).toEqual([
          ...aside.map((each) => `${each} is damaged, and kept as ${each}.damaged.`),
          ...(name.includes("tfevents") ? [`${path} was made again.`] : []),
          logs ? "The run restarted." : "The run resumed from iteration 4.",
        ]);
        for (const each of aside) rmSync(`${each}.damaged`, { recursive: true });
        expect(filesIn(options.out)).toEqual(whole);
      }
    },
  );

  test("whose settings are to be read from a FIFO is not waited for", async () => {
    const out = folder("fifo");
    await trainFilms({ out });
    for (const name of readdirSync(join(out, "train/checkpoints")))
      writeFileSync(join(out, "train/checkpoints", name), "damaged");
    rmSync(join(out, "run.json"));
    obstacles[0]!(join(out, "run.json"));
    const { repaired } = await trainFilms({ out, resume: true, repair: true });
    expect(repaired!.at(-1)).toBe("The run restarted.");
  });

  test.each(["events.out.tfevents.000000.slatesim", "returns_0", "evaluation-000000.json"])(
    "of evaluations keeps a %s that is not of slatesim, unless forced",
    async (name) => {
      const out = folder(`foreign-${name}`);
      const path = join(out, "eval_2", name);
      const evaluate = async (env: Awaited<ReturnType<typeof openFilms>>, force: boolean) =>
        new EvalRunner({ env, createAgent, maxEvalEpisodes: 2, out, ...(force && { force }) }).run();
      mkdirSync(join(out, "eval_2"), { recursive: true });
      writeFileSync(path, "mine");
      expect(await mistakesOf(async () => evaluate(crashing(await openFilms(), 0), false))).toEqual([
        `"out" expected no file that slatesim did not write in the place of its own (force replaces it), got ${JSON.stringify(path).slice(0, 80)}${path.length > 78 ? "…" : ""}`,
      ]);
      expect(filesIn(out)).toEqual({ [`eval_2/${name}`]: "mine" });
      await evaluate(await openFilms(), true);
      await evaluate(await openFilms(), false); // its own
      expect(Object.keys(filesIn(out))).toHaveLength(3);
      for (const [index, put] of obstacles.entries()) {
        rmSync(path);
        put(path);
        const kind = ["FIFO", "folder", "link that leads nowhere", "link that leads in a circle"][index];
        expect(await mistakesOf(async () => evaluate(crashing(await openFilms(), 0), true))).toEqual([
          `"out" expected no ${kind}, got ${JSON.stringify(path).slice(0, 80)}${path.length > 78 ? "…" : ""}`,
        ]);
        rmSync(path, { recursive: true });
        writeFileSync(path, "");
      }
    },
  );
});
