// A Redis of the tests' own, on a free port of this machine.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Whether tests with Redis are left out: only where there is none, and nobody demands it. */
export const withoutRedis =
  spawnSync("redis-server", ["--version"]).error !== undefined && process.env["REQUIRE_REDIS"] !== "1";

/** A server that keeps what it holds in a file, so that it can be killed and started anew. */
export class RedisServer {
  readonly folder = mkdtempSync(join(tmpdir(), "slatesim-redis-"));
  readonly port: number;
  private readonly password: string | undefined;
  private process: ChildProcess | undefined;

  private constructor(port: number, password: string | undefined) {
    this.port = port;
    this.password = password;
  }

  static async start(password?: string): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), password);
    await server.begin();
    return server;
  }

  get url(): string {
    return `redis://${this.password === undefined ? "" : `default:${this.password}@`}127.0.0.1:${this.port}`;
  }

  /** Kills the server, and starts it anew from its append-only file. */
  async restart(): Promise<void> {
    await this.kill();
    await this.begin();
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Returns what `redis-cli` prints. */
  ask(...words: readonly string[]): string {
    return spawnSync("redis-cli", ["-u", this.url, "--no-auth-warning", ...words], { encoding: "utf8" }).stdout;
  }

  private async begin(): Promise<void> {
    const settings = `--port ${this.port} --bind 127.0.0.1 --appendonly yes --maxmemory-policy noeviction`.split(" ");
    const secret = this.password === undefined ? [] : ["--requirepass", this.password];
    const words = [...settings, "--save", "", "--dir", this.folder, ...secret];
    this.process = spawn("redis-server", words, { stdio: "ignore" });
    while (this.ask("ping").trim() !== "PONG") await pause(20);
  }

  private async kill(): Promise<void> {
    const ended = once(this.process!, "exit");
    this.process!.kill("SIGKILL");
    await ended;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
