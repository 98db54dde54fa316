// `slatesim queue` in processes of their own: who submits is killed, workers refuse what they cannot simulate, Ctrl-C, cancelling.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main, project, spawned } from "../node/cli/slatesim.js";
import { WorkerProcess } from "../support/queueWorkers.js";
import { RedisServer, withoutRedis } from "../support/redisServer.js";

const SECRET = "not-for-eyes";
const root = fileURLToPath(project);
const few = "--users 40000 --steps 3 --json".split(" ");
/** Far more work than anybody waits for. */
const endless = "--users 2e9 --steps 60".split(" ");
/** Ten times the work during which a status is asked for, on a fast machine. */
const long = "--users 3e6 --steps 60 --json".split(" ");
const PATIENCE_MS = 120_000;

/** Submits a run, and returns what it printed when it ended. */
async function submitted(folder: string, ...words: readonly string[]) {
  const child = spawn(process.execPath, [main, "queue", "submit", ...words], { cwd: folder });
  const printed = { out: "", err: "" };
  child.stdout.on("data", (text) => (printed.out += String(text)));
  child.stderr.on("data", (text) => (printed.err += String(text)));
  return { child, printed, ended: once(child, "close").then(([code]) => ({ code: code as number, ...printed })) };
}

/** Waits until something holds; fails with what there was instead. */
async function until<T>(ask: () => T, holds: (answer: T) => boolean): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (let answer = ask(); !holds(answer); answer = ask()) {
    if (performance.now() > end) throw new Error(`Waited too long; the last answer was: ${JSON.stringify(answer)}`);
    await pause(50);
  }
}

/** Whether a run is under way, and has users done. */
function begun({ runs }: Status): boolean {
  return runs.some(({ state, usersDone }) => state === "running" && usersDone > 0);
}

function refused(printed: string): boolean {
  return printed.includes("No worker takes the run");
}

function lasting(text: string): unknown {
  const { timing: _timing, ...rest } = JSON.parse(text) as { timing: unknown };
  return rest;
}

describe.skipIf(withoutRedis)("slatesim queue", () => {
  let server: RedisServer;
  let at: string[] = [];
  const workers: WorkerProcess[] = [];
  const startWorker = async (...more: Parameters<typeof WorkerProcess.start>): Promise<WorkerProcess> => {
    const worker = await WorkerProcess.start(...more);
    workers.push(worker);
    return worker;
  };
  beforeAll(async () => {
    server = await RedisServer.start(SECRET);
    at = ["--redis", server.url];
  });
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.end("SIGKILL")));
    await server.stop();
  });

  function statusOf(queue: readonly string[]): Status {
    return JSON.parse(spawned("queue", "status", "--json", ...at, ...queue).out) as Status;
  }

  /** The keys of results that nobody has taken. */
  function kept(): string {
    return server.ask("--scan", "--pattern", "*:result:*").trim();
  }

  const commands = [
    ["run", "--precision", "2%", "--estimator", "controlled", "--json"],
    ["run", "--policy", "optimal", ...few],
    ["compare", "--policy", "random", "--policy", "mix(2)", "--what-if", "sensitivity=0.05", ...few],
    ["sweep", "--vary", "sensitivity=0.02,0.1", ...few],
  ];
  test.each(commands)("%s %s %s gives what it gives in one process", async (...words) => {
    const queue = ["--queue", "commands"];
    if (workers.length === 0) await startWorker([...at, ...queue]);
    const { code, out, err } = spawned("queue", "submit", ...words, ...at, ...queue);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(lasting(out)).toEqual(lasting(spawned(...words).out));
  });

  test("a run whose submitter is killed is continued by the same words", async () => {
    const queue = ["--queue", "killed"];
    const worker = await startWorker([...at, ...queue]);
    const words = ["run", ...long];
    const { child, ended } = await submitted(root, ...words, ...at, ...queue);
    await until(() => statusOf(queue), begun);
    child.kill("SIGKILL");
    await ended;
    await until(
      () => statusOf(queue),
      ({ runs }) => runs[0]!.state === "lost",
    );
    await until(kept, (keys) => keys !== ""); // what it had in the queue is simulated
    const { out } = spawned("queue", "submit", ...words, ...at, ...queue);
    expect(lasting(out)).toEqual(lasting(spawned(...words).out));
    expect(kept()).toBe("");
    expect(await worker.end("SIGINT")).toBe(130);
  });

  test("a module is named, and refused by a worker that lacks it, or has another one of that name", async () => {
    const queue = ["--queue", "modules"];
    const [mine, empty, other] = ["mine", "empty", "other"].map((name) => join(server.folder, name));
    for (const folder of [mine!, empty!, other!]) mkdirSync(folder);
    const text = readFileSync(join(root, "test/support/modulePolicies.mjs"), "utf8");
    writeFileSync(join(mine!, "policies.mjs"), text);
    writeFileSync(join(other!, "policies.mjs"), `${text}\n`);
    const [lacking, changed] = [
      await startWorker([...at, ...queue], main, empty),
      await startWorker([...at, ...queue], main, other),
    ];
    const words = ["run", "--policy-module", "policies.mjs#leastFirst", ...few];
    const { printed, ended } = await submitted(mine!, ...words, ...at, ...queue);
    await until(() => printed.err, refused);
    expect(lacking.lines.join("\n")).toMatch(
      /refuses the run [0-9a-f]{16}: "policies\.mjs" expected a file in the worker's/,
    );
    expect(changed.lines.join("\n")).toMatch(
      /"policies\.mjs" expected a file of SHA-256 [0-9a-f]{64}, as where it began, got/,
    );
    await startWorker([...at, ...queue], main, mine);
    const { code, out } = await ended;
    expect(code).toBe(0);
    const here = spawnSync(process.execPath, [main, ...words], { cwd: mine, encoding: "utf8" });
    expect(lasting(out)).toEqual(lasting(here.stdout));
  });

  test("a worker of another version refuses, and leaves the run to others", async () => {
    const queue = ["--queue", "versions"];
    const copy = join(server.folder, "copy");
    cpSync(join(root, "dist"), join(copy, "dist"), { recursive: true });
    cpSync(join(root, "build/kernel.wasm"), join(copy, "build/kernel.wasm"));
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as object;
    writeFileSync(join(copy, "package.json"), JSON.stringify({ ...manifest, version: "9.9.9" }));
    const foreign = await startWorker([...at, ...queue], join(copy, "dist/cli/main.js"));
    const { printed, ended } = await submitted(root, "run", ...few, ...at, ...queue);
    await until(() => printed.err, refused);
    expect(foreign.lines.join("\n")).toMatch(/"slatesim" expected 9\.9\.9 \(stream version \d+\), got/);
    await startWorker([...at, ...queue]);
    expect((await ended).code).toBe(0);
  });

  test("an error of a policy is the one that it is in one process", async () => {
    const queue = ["--queue", "errors"];
    await startWorker([...at, ...queue], main, root);
    const words = ["run", "--policy-module", "test/support/modulePolicies.mjs#throwing", ...few];
    const { code, err } = await (await submitted(root, ...words, ...at, ...queue)).ended;
    expect({ code, err }).toEqual({ code: 1, err: spawned(...words).err });
    const status = spawned("queue", "status", ...at, ...queue).out;
    expect(status).toMatch(/^[0-9a-f]{16} +failed /m);
    expect(status).toContain("Runs of the last day: 1 failed.\n");
  });

  test("a run that is cancelled ends with code 1, one that is interrupted with 130, and neither leaves chunks", async () => {
    const queue = ["--queue", "ends"];
    await startWorker([...at, ...queue]);
    const cancelled = await submitted(root, "run", ...endless, ...at, ...queue);
    await until(() => statusOf(queue), begun);
    expect(spawned("queue", "cancel", ...at, ...queue).out).toMatch(/^The run [0-9a-f]{16} is cancelled\.\n$/);
    expect(await cancelled.ended).toMatchObject({
      code: 1,
      out: "",
      err: expect.stringMatching(/^The run \w+ was cancelled\.\n$/),
    });
    const interrupted = await submitted(root, "run", ...endless, "--seed", "1", ...at, ...queue);
    await until(() => statusOf(queue), begun);
    interrupted.child.kill("SIGINT");
    expect(await interrupted.ended).toMatchObject({ code: 130, out: expect.stringContaining("nterrupted") });
    expect(statusOf(queue).runs.map(({ state, waiting }) => [state, waiting])).toEqual([
      ["cancelled", 0],
      ["interrupted", 0],
    ]);
  });

  test("Redis is reached by TLS where its certificate is trusted, and not where it is not", async () => {
    const secure = await RedisServer.start(SECRET, "tls");
    const trusted = "NODE_EXTRA_CA_CERTS";
    try {
      const status = spawned("queue", "status", "--redis", secure.url);
      expect(status).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/self-signed certificate/) });
      expect(status.err).not.toContain(SECRET);
      process.env[trusted] = secure.certificate;
      const worker = await startWorker(["--redis", secure.url]);
      const { code, out, err } = spawned("queue", "submit", "run", ...few, "--redis", secure.url);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      expect(lasting(out)).toEqual(lasting(spawned("run", ...few).out));
      expect(await worker.end("SIGINT")).toBe(130);
    } finally {
      delete process.env[trusted];
      await secure.stop();
    }
  });

  test("nobody is shown the password", async () => {
    const wrong = server.url.replace(SECRET, "another-secret");
    const gone = "redis://someone:another-secret@127.0.0.1:1";
    for (const url of [wrong, gone]) {
      const { code, out, err } = spawned("queue", "status", "--redis", url);
      expect({ code, out }).toEqual({ code: 1, out: "" });
      expect(err).toMatch(/redis-server --appendonly yes --maxmemory-policy noeviction/);
      expect(err).not.toContain("another-secret");
    }
    for (const worker of workers) expect(worker.lines.join("\n")).not.toContain(SECRET);
    expect(server.ask("--scan", "--pattern", `*${SECRET}*`).trim()).toBe("");
    expect(readFileSync(join(server.folder, "appendonlydir/appendonly.aof.1.incr.aof"), "latin1")).not.toContain(
      SECRET,
    );
  });
});

interface Status {
  readonly runs: readonly { readonly state: string; readonly usersDone: number; readonly waiting: number }[];
}
