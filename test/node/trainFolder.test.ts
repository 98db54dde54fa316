// What a training run leaves on disk: linear, to be gone on with, and mended where it is damaged.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { agents, longTermSatisfaction, makeEnv } from "../../src/index.js";
import { EvalRunner, TrainRunner } from "../../src/train/index.js";
import { crashing, createAgent, openFilms, trainFilms } from "../support/films.js";
import { filesIn } from "../support/filesIn.js";
import { mistakesOf } from "../support/mistakesOf.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-folders-"));
afterAll(() => rmSync(place, { recursive: true }));
const folder = (name: string): string => join(place, name);

describe("a run's folder", () => {
  test("takes as many bytes from each iteration, however many there were", async () => {
    await bytesOf(1); // what is loaded and written once
    const [first, more] = [await bytesOf(10), await bytesOf(80)];
    expect(more).toBeLessThan(8.5 * first);
  });

  test.each(["jsonl", "parquet"] as const)(
    "goes on with more iterations to the same bytes (%s)",
    async (episodeLog) => {
      for (const [first, then, checkpointFrequency, keepCheckpoints] of [
        [4, 8, 1, 4],
        [4, 5, 3, 2],
        [1, 7, 2, 100],
        [4, 4, 1, 2],
      ] as const) {
        const [whole, longer] = [
          folder(`w-${episodeLog}-${first}-${then}`),
          folder(`l-${episodeLog}-${first}-${then}`),
        ];
        const options = { episodeLog, checkpointFrequency, numIterations: then, keepCheckpoints };
        const summary = await trainFilms({ ...options, out: whole });
        await trainFilms({ ...options, out: longer, numIterations: first, keepCheckpoints: 4 });
        const { iterations } = await trainFilms({ ...options, out: longer, resume: true });
        expect(iterations).toEqual(summary.iterations);
        if (keepCheckpoints <= 4) expect(filesIn(longer)).toEqual(filesIn(whole));
      }
    },
  );

  test("holds nothing of iterations that a crash undid", async () => {
    const [whole, crashed] = [folder("whole-of-4"), folder("crashed-at-5")];
    const options = { episodeLog: "parquet", checkpointFrequency: 3 } as const;
    await trainFilms({ ...options, out: whole });
    const env = crashing(await openFilms(), 190);
    await expect(trainFilms({ ...options, out: crashed, env, numIterations: 9 })).rejects.toThrow("a crash");
    const undone = Object.keys(filesIn(crashed)).filter((name) => !(name in filesIn(whole)));
    expect(undone).toEqual(["train/episodes/iteration-000005.parquet"]);
    await trainFilms({ ...options, out: crashed, resume: true });
    expect(filesIn(crashed)).toEqual(filesIn(whole));
  });

  test("has at least the iterations that it has", async () => {
    const out = folder("shorter");
    await trainFilms({ out });
    expect(await mistakesOf(() => trainFilms({ out, resume: true, numIterations: 3 }))).toEqual([
      '"numIterations" expected at least 4, as many as the run to resume has, got 3',
    ]);
  });

  test.each(["jsonl", "parquet"] as const)("damaged anywhere, is refused or mended (%s)", async (episodeLog) => {
    const out = folder(`mended-${episodeLog}`);
    const options = { out, episodeLog, resume: true, checkpointFrequency: 2, keepCheckpoints: 2 };
    await trainFilms(options);
    const whole = filesIn(out);
    const all = Object.keys(whole).filter((name) => name !== "run.json");
    const newest = all.filter((name) => !name.endsWith("checkpoint-000002"));
    expect(newest.length).toBe(episodeLog === "jsonl" ? 4 : 7);
    for (const name of newest) {
      const wrong = wrongAfter(name, whole[name]!.length);
      for (const [index, damage] of damages.entries()) {
        damage(join(out, name), Buffer.from(whole[name]!, "latin1"));
        const before = filesIn(out);
        const told = (await mistakesOf(() => trainFilms(options))).join().replaceAll(/[0-9a-f]{50,64}/g, "#");
        const [, rest] = /\(resume with repair: it (resumes from iteration [24]|restarts)\)$/.exec(told) ?? [];
        expect(told).toBe(`"${join(out, name)}" expected ${wrong[index]} (resume with repair: it ${rest})`);
        expect(filesIn(out)).toEqual(before);
        const { repaired = [] } = await trainFilms({ ...options, repair: true });
        expect(repaired.at(-1)).toBe(
          `The run ${rest!.replace("resumes", "resumed").replace("restarts", "restarted")}.`,
        );
        const mended = filesIn(out);
        const aside = Object.keys(mended).filter((each) => each.includes(".damaged"));
        for (const each of aside) rmSync(join(out, each));
        for (const each of aside) delete mended[each];
        // A run that begins again passes the checkpoints that it passed before.
        expect(mended).toEqual(whole);
        expect(await mistakesOf(() => trainFilms(options))).toEqual([]);
      }
    }
  });

  test("with foreign files is left as it is by a repair", async () => {
    const out = folder("foreign");
    await trainFilms({ out });
    const mine = ["train/checkpoints/notes", "train/checkpoints/checkpoint-000004.old", "train/mine.jsonl", "mine"];
    for (const name of mine) writeFileSync(join(out, name), "mine");
    writeFileSync(join(out, "train/checkpoints/checkpoint-000004"), "also mine");
    const { repaired } = await trainFilms({ out, resume: true, repair: true });
    const path = join(out, "train/checkpoints/checkpoint-000004");
    expect(repaired).toEqual([`${path} is damaged, and kept as ${path}.damaged.`, "The run resumed from iteration 3."]);
    const files = filesIn(out);
    for (const name of mine) expect(files[name]).toBe("mine");
    expect(files["train/checkpoints/checkpoint-000004.damaged"]).toBe("also mine");
  });

  test("of another run is not mended", async () => {
    const out = folder("other");
    await trainFilms({ out });
    for (const iteration of [1, 2, 3, 4]) {
      writeFileSync(join(out, `train/checkpoints/checkpoint-00000${iteration}`), "damaged");
    }
    const before = filesIn(out);
    const told = await mistakesOf(() => trainFilms({ out, resume: true, repair: true, maxTrainingSteps: 31 }));
    expect(told).toEqual(['"maxTrainingSteps" expected 30 as in the run to resume, got 31']);
    expect(await mistakesOf(() => trainFilms({ out, repair: true }))).toEqual([
      '"repair" expected nothing without resume, got true',
      `"out" expected a folder that is new or empty (resume continues a run), got "${out}"`,
    ]);
    expect(filesIn(out)).toEqual(before);
  });

  test("of evaluations is freed of what dead writers left, and of nothing else", async () => {
    const out = folder("partials");
    const below = join(out, "eval_2");
    mkdirSync(below, { recursive: true });
    const dead = spawnSync(process.execPath, ["-e", "0"]).pid;
    const [ours, alive, mine] = [`returns_0.${dead}-1`, `returns_0.${process.ppid}-1`, "x"].map((name) => {
      return join(below, `${name}.slatesim-partial`);
    });
    for (const path of [ours!, alive!, mine!]) writeFileSync(path, "half");
    await new EvalRunner({ env: await openFilms(), createAgent, maxEvalEpisodes: 2, out }).run();
    expect([ours!, alive!, mine!].map((path) => existsSync(path))).toEqual([false, true, true]);
  });

  test("that cannot be made is refused by name before anything is simulated", async () => {
    const file = folder("no-folder");
    writeFileSync(file, "mine");
    const usable = "a folder that can be read and written to";
    const outs = [
      ["/proc/x", usable],
      ["/proc/self/x/y", usable],
      [join(place, "a".repeat(300)), "shorter names"],
      [join(file, "below"), usable],
      [join(place, "a\0b"), "the name of a folder"],
      [folder("dangling"), "no link that leads nowhere"],
    ] as const;
    symlinkSync(folder("nowhere"), folder("dangling"));
    for (const [out, rule] of outs) {
      const shown = JSON.stringify(out);
      const sentence = `"out" expected ${rule}, got ${shown.length > 80 ? `${shown.slice(0, 80)}…` : shown}`;
      const env = crashing(await openFilms(), 0);
      expect(await mistakesOf(() => trainFilms({ env, out }))).toEqual([sentence]);
      const evaluation = { env, createAgent, maxEvalEpisodes: 1, out };
      expect(await mistakesOf(() => new EvalRunner(evaluation).run())).toEqual([sentence]);
    }
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect(existsSync(folder("nowhere"))).toBe(false);
  });
});

/** What a run of that many one-step iterations writes. */
async function bytesOf(numIterations: number): Promise<number> {
  const out = folder(`linear-${numIterations}`);
  const settings = { numIterations, maxTrainingSteps: 1, maxStepsPerEpisode: 1 };
  const env = await makeEnv(longTermSatisfaction({ slateSize: 1 }), { seed: "linear" });
  const before = written();
  await new TrainRunner({ env, createAgent: agents.first(), ...settings, out, episodeLog: "parquet" }).run();
  return written() - before;
}

/** Bytes that this process has written so far. */
function written(): number {
  return Number(/^wchar: (\d+)$/m.exec(readFileSync("/proc/self/io", "utf8"))![1]);
}

/** Ways in which a file is no longer what it was. */
const damages: ((path: string, sound: Buffer) => void)[] = [
  (path, sound) => {
    const flipped = Buffer.from(sound);
    flipped[sound.length - 9]! ^= 1;
    writeFileSync(path, flipped);
  },
  (path, sound) => {
    const flipped = Buffer.from(sound);
    flipped[5]! ^= 1;
    writeFileSync(path, flipped);
  },
  (path, sound) => writeFileSync(path, sound.subarray(0, -1)),
  (path) => writeFileSync(path, ""),
  (path) => {
    rmSync(path);
    mkdirSync(path);
  },
];

/** What is wrong with a file of so many bytes after each of them, with # for digests. */
function wrongAfter(name: string, bytes: number): readonly string[] {
  const noFile = 'a file, got "something else"';
  if (name.includes("checkpoint-")) {
    const content = 'content of SHA-256 #, got "#"';
    const line = 'a first line "slatesim checkpoint 2 sha256 …", got';
    return [content, `${line} "slaterim checkpoint 2 sha256 #…`, content, `${line} ""`, noFile];
  }
  const [content, least] = [`${bytes} bytes of SHA-256 #`, `at least ${bytes} bytes`];
  const changed = `${content}, as at the checkpoint, got "#"`;
  return [changed, changed, ...[bytes - 1, 0].map((left) => `${least}, as at the checkpoint, got ${left}`), noFile];
}
