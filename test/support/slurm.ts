// A Slurm of the tests' own: one node, with its daemons, its key and its ports in a scratch folder.
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { freePort } from "./redisServer.js";

const PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "squeue"];
/** Slower daemons are taken for ones that do not start. */
const MAX_START_MS = 20_000;

/** Why tests with Slurm are left out; undefined where it is installed, or demanded. Its daemon on the node needs root. */
export const withoutSlurm =
  process.env["REQUIRE_SLURM"] === "1"
    ? undefined
    : PROGRAMS.some((name) => spawnSync(name, ["-V"]).error !== undefined)
      ? "Slurm is not installed"
      : process.getuid?.() === 0
        ? undefined
        : "Slurm needs root";

export class OneNodeSlurm {
  private readonly folder = mkdtempSync(join(tmpdir(), "slatesim-slurm-"));
  private readonly environment = { ...process.env, SLURM_CONF: join(this.folder, "slurm.conf") };
  private readonly daemons: ChildProcess[] = [];

  /** Starts the daemons; resolves when the node takes jobs. */
  static async start(): Promise<OneNodeSlurm> {
    const slurm = new OneNodeSlurm();
    try {
      await slurm.begin();
    } catch (error) {
      await slurm.stop();
      throw error;
    }
    return slurm;
  }

  /** Submits a script with its words, and resolves when all tasks of its array are over. */
  async run(folder: string, words: readonly string[]): Promise<void> {
    const options = { cwd: folder, env: this.environment, encoding: "utf8" } as const;
    const job = execFileSync("sbatch", ["--parsable", ...words], options).trim();
    while (this.ask("squeue", "--noheader", "--jobs", job) !== "") await pause(200);
  }

  async stop(): Promise<void> {
    for (const daemon of this.daemons.toReversed()) {
      if (daemon.exitCode !== null || daemon.signalCode !== null) continue;
      const ended = once(daemon, "exit");
      daemon.kill("SIGKILL");
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async begin(): Promise<void> {
    const [key, socket] = ["munge.key", "munge.sock"].map((name) => join(this.folder, name));
    chmodSync(this.folder, 0o755);
    writeFileSync(key!, randomBytes(128), { mode: 0o600 });
    for (const name of ["state", "spool"]) mkdirSync(join(this.folder, name));
    const [control, node] = [await freePort(), await freePort()];
    writeFileSync(this.environment.SLURM_CONF, settings(this.folder, socket!, control, node));
    const munge = ["pid", "log", "seed"].map((name) => `--${name}-file=${join(this.folder, `munge.${name}`)}`);
    this.startDaemon("munged", ["--foreground", "--force", `--key-file=${key}`, `--socket=${socket}`, ...munge]);
    await this.until(() => spawnSync("munge", ["--socket", socket!, "--no-input"]).status === 0);
    this.startDaemon("slurmctld", ["-D"]);
    this.startDaemon("slurmd", ["-D", "-N", "localhost"]);
    await this.until(() => this.ask("sinfo", "--noheader", "--format=%t") === "idle");
  }

  private startDaemon(name: string, words: readonly string[]): void {
    this.daemons.push(spawn(name, words, { env: this.environment, stdio: "ignore" }));
  }

  private ask(name: string, ...words: readonly string[]): string {
    return spawnSync(name, words, { env: this.environment, encoding: "utf8" }).stdout.trim();
  }

  private async until(holds: () => boolean): Promise<void> {
    const end = Date.now() + MAX_START_MS;
    while (!holds()) {
      if (Date.now() > end) throw new Error("Slurm does not start");
      await pause(100);
    }
  }
}

/** The cores and the memory are said, not found: jobs wait for them in turn. */
function settings(folder: string, socket: string, control: number, node: number): string {
  return `ClusterName=one
SlurmctldHost=localhost
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${socket}
CredType=cred/munge
SlurmctldPort=${control}
SlurmdPort=${node}
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
ReturnToService=2
SlurmdParameters=config_overrides
SelectType=select/cons_tres
SelectTypeParameters=CR_Core_Memory
SchedulerParameters=sched_min_interval=0,batch_sched_delay=0
NodeName=localhost CPUs=2 RealMemory=4096
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;
}
