// What examples/cluster hands to Slurm, Kubernetes and Compose: their words are run, and each gives what one process gives.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, inject, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { project, slatesim, spawned, type Outcome } from "../node/cli/slatesim.js";
import { WorkerProcess } from "../support/queueWorkers.js";
import { RedisServer, withoutRedis } from "../support/redisServer.js";
import { OneNodeSlurm, withoutSlurm } from "../support/slurm.js";

const examples = fileURLToPath(new URL("examples/cluster/", project));
const scratch = mkdtempSync(join(tmpdir(), "slatesim-cluster-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const work = ["compare", "--policy", "random", "--policy", "mix(2)", "--users", "40000", "--steps", "3"];
const SHARDS = 16;

function read(name: string): string {
  return readFileSync(join(examples, name), "utf8");
}

function documentsIn(name: string): unknown[] {
  return parseAllDocuments(read(name), { merge: true }).map((document) => document.toJS({}) as unknown);
}

function numberOf(text: string): number {
  return Number(text.replaceAll(",", ""));
}

/** Runs a command, and returns its JSON but for the timing. */
function lasting(...words: readonly string[]): unknown {
  return lastingOf(slatesim(...words));
}

function lastingOf({ code, out, err }: Outcome): unknown {
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const { timing: _timing, ...rest } = JSON.parse(out) as { timing: unknown };
  return rest;
}

interface Job {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly completionMode?: string;
    readonly completions?: number;
    readonly backoffLimitPerIndex?: number;
    readonly template: {
      readonly spec: {
        readonly restartPolicy: string;
        readonly containers: readonly [
          {
            readonly image: string;
            readonly args: readonly string[];
            readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
          },
        ];
        readonly volumes: readonly {
          readonly name: string;
          readonly persistentVolumeClaim: { readonly claimName: string };
        }[];
      };
    };
  };
}

describe("the jobs of Kubernetes", () => {
  const [claim, shards] = documentsIn("shards.yaml") as [Job, Job];
  const [merge] = documentsIn("merge.yaml") as [Job];
  const pods = [shards, merge].map(({ spec }) => spec.template.spec);

  test("have a pod for each shard, and one image and volume", () => {
    expect(shards.spec).toMatchObject({ completionMode: "Indexed", completions: SHARDS, backoffLimitPerIndex: 3 });
    expect(pods[0]!.containers[0].args.slice(0, 2)).toEqual(["shard", `env/${SHARDS}`]);
    for (const { restartPolicy, containers, volumes } of pods) {
      expect(restartPolicy).toBe("Never"); // completions by index allow nothing else with a limit for each
      expect(volumes).toEqual([{ name: "data", persistentVolumeClaim: { claimName: claim.metadata.name } }]);
      expect(containers[0].volumeMounts).toEqual([{ name: "data", mountPath: "/data" }]);
      expect(read("Dockerfile")).toContain(` ${containers[0].image} `);
    }
  });

  test("give what one process gives", () => {
    const [ofShard, ofMerge] = pods.map(({ containers }) =>
      containers[0].args.map((word) => word.replace("/data", scratch).replace("1e8", "40000")),
    );
    for (let shard = 0; shard < SHARDS; shard++) {
      const words = ofShard!.map((word) => word.replace("env/", `${shard}/`));
      expect(slatesim(...words, "--steps", "3")).toMatchObject({ code: 0, err: "" });
    }
    expect(lasting(...ofMerge!)).toEqual(lasting(...work, "--json"));
  });
});

describe.skipIf(withoutRedis)("the services of Compose", () => {
  const [{ services }] = documentsIn("compose.yaml") as [
    { services: Record<string, { image: string; command: string[]; entrypoint: string[]; environment: object }> },
  ];

  test("work off what is submitted, by the image of the Dockerfile", async () => {
    const server = await RedisServer.start();
    process.env["REDIS_URL"] = server.url;
    try {
      const { worker, submit, redis } = services;
      expect(worker!.command).toEqual(["queue", "work", "--workers", "1"]);
      expect(redis!.command.join(" ")).toContain(read("../../docs/queue.md").match(/^redis-server (.*)$/m)![1]);
      expect(worker!.environment).toEqual({ REDIS_URL: "redis://redis:6379" });
      expect(submit!.image).toBe(worker!.image);
      const [program, ...words] = submit!.entrypoint;
      expect(read("Dockerfile")).toContain(`ENTRYPOINT ["${program}"]`);
      const working = await WorkerProcess.start([]);
      try {
        expect(lastingOf(spawned(...words, ...work, "--json"))).toEqual(lasting(...work, "--json"));
      } finally {
        expect(await working.end("SIGINT")).toBe(130); // as STOPSIGNAL has it
      }
    } finally {
      delete process.env["REDIS_URL"];
      await server.stop();
    }
  });
});

test("the sizes in docs/cluster.md are those of shards", () => {
  const page = read("../../docs/cluster.md");
  const [chunkUsers, perChunk] = [16_384, 33_500];
  const rows = [...page.matchAll(/^\| ([\d,]{9,}) +\| +([\d,]+) \| +([\d.]+) ([MG])B/gm)].map((row) => row.slice(1));
  expect(rows).toHaveLength(5);
  for (const [users, chunks, size, unit] of rows) {
    const wanted = Math.ceil(numberOf(users!) / chunkUsers);
    expect(numberOf(chunks!)).toBe(wanted);
    expect(numberOf(size!) * (unit === "G" ? 1e9 : 1e6)).toBeCloseTo(2 * perChunk * wanted, -Math.log10(wanted) - 3);
  }
  for (const steps of [10, 60]) {
    const words = [
      "shard",
      "0/1",
      "--out",
      join(scratch, `size-${steps}`),
      "--users",
      "65536",
      "--steps",
      String(steps),
    ];
    expect(slatesim(...words).code).toBe(0);
    const bytes = statSync(join(scratch, `size-${steps}`, "shard-00000-of-00001")).size / 4;
    expect(Math.abs(bytes / (6_400 + 453 * steps) - 1)).toBeLessThan(0.05);
  }
});

test("the script for Slurm has an array as long as its example says", () => {
  expect(read("shards.slurm")).toContain(`#SBATCH --array=0-${SHARDS - 1}\n`);
  expect(read("shards.slurm")).toContain(` shards.slurm env/${SHARDS} `.trimStart());
});

describe.skipIf(withoutSlurm !== undefined)("a Slurm array", () => {
  if (withoutSlurm !== undefined) console.warn(`Left out: ${withoutSlurm}.`);

  test("gives what one process gives, also where a task is done again", async () => {
    const folder = inject("consumer")!; // where npx finds the package
    const slurm = await OneNodeSlurm.start();
    const script = [join(examples, "shards.slurm"), "env/3", "--out", "slurm-shards", ...work];
    try {
      await slurm.run(folder, ["--array=0-2", ...script]);
      rmSync(join(folder, "slurm-shards/shard-00001-of-00003"));
      await slurm.run(folder, ["--array=1", ...script]);
    } finally {
      await slurm.stop();
    }
    expect(lasting("merge", join(folder, "slurm-shards"), "--json")).toEqual(lasting(...work, "--json"));
  });

  test("has a script without errors", async () => {
    await promisify(execFile)("bash", ["-n", join(examples, "shards.slurm")]);
  });
});
