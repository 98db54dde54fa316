// Queues as far as they need no Redis: addresses without passwords, refusals, what is sent of a run. test/proofs has the rest.
import fc from "fast-check";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { InvalidInput, makeWorld, policies, scenarios, simulate, solve } from "../../src/index.js";
import { decodedResult, encodedResult } from "../../src/queue/chunkResult.js";
import { moduleAddresses, moduleHash, moduleName } from "../../src/queue/namedModules.js";
import { openQueue } from "../../src/queue/openQueue.js";
import { openQueueWorker } from "../../src/queue/openQueueWorker.js";
import { addressMistake, maskedAddress, unreachable, withoutCredentials } from "../../src/queue/redisAddress.js";
import { Refusals } from "../../src/queue/refusals.js";
import { jobId, receivedRun, sentRun } from "../../src/queue/sentRun.js";
import { connectionName, workerOf } from "../../src/queue/workerName.js";
import { StudySimulator } from "../../src/studies/studySimulator.js";
import { variantOf, type Study } from "../../src/studies/study.js";
import type { RunPolicy } from "../../src/world/policy.js";
import type { World } from "../../src/world/world.js";
import { mistakes } from "./cli/slatesim.js";

const folder = mkdtempSync(join(tmpdir(), "slatesim-queue-"));
afterAll(() => rmSync(folder, { recursive: true }));

const demand = { seed: "s", steps: 3, estimator: "sampled", discount: 1, warmUp: 0, metrics: [] } as const;
const tradeoff = scenarios["lts-tradeoff"] as unknown as World;

async function studyOf(world: World, policy: RunPolicy): Promise<Study> {
  return { ...demand, variants: [await variantOf(world, policy, demand)] };
}

async function blocksOf(study: Study) {
  return (await StudySimulator.open(study)).simulate({ firstUser: 4096, users: 100 }, () => undefined);
}

const secret = fc.stringMatching(/^[A-Z]{6,12}[!$&'()*+,;=%/?#@ ]?[A-Z]{0,3}$/);

describe("the address of Redis", () => {
  test("is shown without user, password and options", () => {
    fc.assert(
      fc.property(secret, secret, fc.constantFrom("redis", "rediss"), (user, password, protocol) => {
        const [name, word] = [encodeURIComponent(user), encodeURIComponent(password)];
        const address = `${protocol}://${name}:${word}@host:6380/2?password=${word}`;
        expect(maskedAddress(address)).toBe(`${protocol}://host:6380/2`);
        const said = unreachable(address, `no ${user} with ${password} (${name}, ${word}) at ${address}`);
        for (const part of [user, password, name, word]) expect(said).not.toContain(part);
        expect(withoutCredentials(`of ${password}`, address)).toBe("of ***");
      }),
    );
  });

  test.each([
    "",
    "host:6379",
    "http://user:PASSWORD@host",
    "redis://user:PASSWORD@host/x",
    "user:PASSWORD@host",
    7,
    undefined,
  ])("%j is refused, without a password", (address) => {
    expect(addressMistake("redis", address)).toMatch(
      /^"redis" expected an address such as redis:\/\/127\.0\.0\.1:6379/,
    );
    expect(addressMistake("redis", address)).not.toContain("PASSWORD");
  });
});

describe("options", () => {
  test("of a client and of a worker are refused with every mistake at once", async () => {
    const wrong = { redis: "http://x", queue: "a:b", modules: join(folder, "none"), onNotice: 1 };
    const named = [/^"redis" /, /^"queue" /, /^"modules" /, /^"onNotice" /];
    const client = { ...wrong, ahead: 3, pollSeconds: 0 };
    await expect(openQueue(client as never)).rejects.toMatchObject({
      errors: [...named, /^"ahead" expected an integer in \[4, 4096\], got 3$/, /^"pollSeconds" /].map((rule) =>
        expect.stringMatching(rule),
      ),
    });
    const worker = { ...wrong, threads: 0, lockSeconds: 0.1 };
    await expect(openQueueWorker(worker as never)).rejects.toMatchObject({
      errors: [...named, /^"threads" /, /^"lockSeconds" /].map((rule) => expect.stringMatching(rule)),
    });
    await expect(openQueue({ redis: "redis://x", lockSeconds: 1 } as never)).rejects.toThrow(InvalidInput);
    await expect(openQueue(undefined as never)).rejects.toThrow('"options" expected an object, got undefined');
  });

  test("on the command line are refused beside those of the run, before Redis is asked", () => {
    expect(
      mistakes("queue", "submit", "run", "--redis", "redis://a/b", "--ahead", "1", "--workers", "2", "--users", "0"),
    ).toEqual([
      expect.stringMatching(/^"--redis" expected an address .*, got "redis:\/\/a\/b"$/),
      '"--ahead" expected an integer in [4, 4096], got 1',
      '"--workers" expected nothing for a queue, whose workers simulate, got "2"',
      '"--users" expected an integer in [1, 4294967295], got 0',
    ]);
    expect(mistakes("queue", "submit", "trace")).toEqual([
      '"queue submit" expected one of "run", "compare", "sweep", got "trace"',
    ]);
    expect(mistakes("queue", "begin")).toEqual([
      expect.stringMatching(/^"ACTION" expected one of "submit", "work", "status", "cancel"/),
    ]);
    expect(mistakes("queue", "work", "--redis", "redis://a", "--lock-seconds", "0", "--nothing")).toEqual([
      '"--nothing" is not an option of this action',
      '"--lock-seconds" expected a number in [0.2, 3600], got 0',
    ]);
  });

  test("`workers` takes a queue or a number, nothing else", async () => {
    await expect(simulate(tradeoff, policies.random() as never, { users: 1, workers: {} as never })).rejects.toThrow(
      '"workers" expected "auto" or an integer in [1, 256]',
    );
  });
});

describe("what is sent of a run", () => {
  test("makes the same blocks on the other side, whatever the world and the policy", async () => {
    const users = { columns: { sensitivity: [0.1, 0.2, 0.3], memoryDiscount: [0.5, 0, 0.9] } };
    const worlds = [tradeoff, makeWorld("lts-tradeoff", { users }) as unknown as World];
    const optimal = policies.optimal(await solve(scenarios["lts-tradeoff"], { steps: 3 }));
    const studies = await Promise.all([
      ...worlds.map((world) => studyOf(world, policies.mix(1) as RunPolicy)),
      studyOf(tradeoff, optimal as RunPolicy),
    ]);
    const run = sentRun(studies, folder);
    expect(sentRun(studies, folder)).toEqual(run);
    const received = await receivedRun(run, folder);
    for (const [place, study] of studies.entries()) {
      const blocks = await blocksOf(study);
      expect(await blocksOf(received[place]!)).toEqual(blocks);
      const kept = decodedResult(await encodedResult(Promise.resolve(blocks)));
      expect(decodedResult(await encodedResult(Promise.resolve(kept)))).toEqual(kept);
      expect(kept.map(({ variants }) => variants[0]!.digest)).toEqual(
        blocks.map(({ variants }) => variants[0]!.digest),
      );
    }
    await expect(receivedRun({ ...run, id: "0".repeat(16) }, folder)).rejects.toThrow('"run" expected a study of hash');
  });

  test("has another id for anything that results depend on", async () => {
    const other = makeWorld("lts-tradeoff", { sensitivity: 0.02 }) as unknown as World;
    const study = await studyOf(tradeoff, policies.random() as RunPolicy);
    const studies = [
      study,
      await studyOf(tradeoff, policies.first() as RunPolicy),
      await studyOf(other, policies.random() as RunPolicy),
    ];
    const variations = [
      ...studies,
      { ...study, seed: "t" },
      { ...study, steps: 2 },
      { ...study, warmUp: 1 },
      { ...study, discount: 0.5 },
    ];
    expect(new Set(variations.map((each) => sentRun([each], folder).id)).size).toBe(variations.length);
    const chunks = [0, 1].flatMap((at) =>
      [0, 4096].flatMap((firstUser) => [1, 2].map((users) => ({ study: at, firstUser, users }))),
    );
    expect(new Set(chunks.map((chunk) => jobId("r", chunk))).size).toBe(8);
  });

  test("is no function: policies of the caller are refused", async () => {
    const own = { name: "own", fillSlates: () => {} } as unknown as RunPolicy;
    const study = await studyOf(tradeoff, own);
    expect(() => sentRun([study], folder)).toThrow(
      /^"workers" expected worlds and policies that are built in or come from modules/,
    );
  });

  test("keeps an error's text, and every mistake of an InvalidInput", async () => {
    const bytes = await encodedResult(Promise.reject(new Error("one")));
    expect(() => decodedResult(bytes)).toThrow("one");
    const invalid = await encodedResult(Promise.reject(new InvalidInput(["two", "three"])));
    expect(() => decodedResult(invalid)).toThrow(InvalidInput);
    expect(() => decodedResult(invalid)).toThrow("two\nthree");
  });
});

describe("modules", () => {
  test("are known by their path in the folder, and by their content", () => {
    const path = join(folder, "own world.mjs");
    writeFileSync(path, "export default 1;");
    const url = pathToFileURL(path).href;
    expect(moduleName(folder, url)).toBe("own world.mjs");
    const hash = moduleHash(folder, "own world.mjs");
    expect([...moduleAddresses(folder, { "own world.mjs": hash })]).toEqual([["own world.mjs", url]]);
    writeFileSync(path, "export default 2;");
    expect(() => moduleAddresses(folder, { "own world.mjs": hash })).toThrow(`expected a file of SHA-256 ${hash}`);
    expect(() => moduleAddresses(folder, { "none.mjs": hash })).toThrow(
      "expected a file in the worker's folder of modules",
    );
  });

  test.each(["../out.mjs", "a/../../out.mjs", "/etc/passwd", "..\\out.mjs", "C:\\out.mjs", ""])(
    "%j is outside",
    (name) => {
      expect(() => moduleHash(folder, name)).toThrow("expected a path in the folder of modules");
    },
  );

  test("outside of the folder, or with another address than a file's, are refused", () => {
    for (const url of [pathToFileURL(join(folder, "..", "x.mjs")).href, "data:text/javascript,1"])
      expect(() => moduleName(folder, url)).toThrow("expected a module below");
  });
});

describe("workers", () => {
  test("are known by the name of their connection", () => {
    const worker = workerOf(`slatesim:ZGVmYXVsdA==:w:${connectionName(3)}`);
    expect(worker).toMatchObject({ name: expect.stringMatching(new RegExp(`:${process.pid}$`)), threads: 3 });
    expect(worker!.slatesim).toMatch(/^\d+\.\d+\.\d+ \(stream version \d+\)$/);
    expect(workerOf("slatesim:ZGVmYXVsdA==:w:another")).toBeUndefined();
  });

  test("that all refuse are told of once, with their reasons; one that does not is enough", () => {
    const told: string[] = [];
    const settings = { redis: "redis://x", queue: "q", modules: ".", onNotice: (line: string) => told.push(line) };
    const refusals = new Refusals(settings, "redis://x");
    const workers = ["a", "b"].map((name) => ({ name, threads: 1, slatesim: "" }));
    refusals.add({ worker: "a", reason: "too\nold" });
    refusals.tellIfNobodyIsLeft(workers, 1);
    expect(told).toEqual([]);
    refusals.add({ worker: "b", reason: "no file" });
    for (let time = 0; time < 3; time++) refusals.tellIfNobodyIsLeft(workers, 1);
    expect(told).toEqual([String.raw`No worker takes the run: a (too\nold); b (no file).`]);
    refusals.tellIfNobodyIsLeft([], 0);
    refusals.tellIfNobodyIsLeft([], 1);
    expect(told[1]).toBe(
      'No worker is connected to queue "q": slatesim queue work --queue q --redis redis://x starts one.',
    );
  });
});
