// A Redis of the tests' own, on a free port of this machine.
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
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
  private readonly protocol: "redis" | "rediss";
  private process: ChildProcess | undefined;

  private constructor(port: number, password: string | undefined, encryption: "tls" | undefined) {
    this.port = port;
    this.protocol = encryption === "tls" ? "rediss" : "redis";
    this.password = password;
  }

  /** Starts a server; with TLS it has a certificate that it has signed itself. */
  static async start(password?: string, encryption?: "tls"): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), password, encryption);
    if (encryption === "tls") makeCertificate(server.certificate, server.certificateKey);
    await server.begin();
    return server;
  }

  get url(): string {
    return `${this.protocol}://${this.password === undefined ? "" : `default:${this.password}@`}127.0.0.1:${this.port}`;
  }

  /** The file of the certificate for TLS. */
  get certificate(): string {
    return join(this.folder, "certificate.pem");
  }

  private get certificateKey(): string {
    return join(this.folder, "key.pem");
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
    const trust = this.protocol === "rediss" ? ["--cacert", this.certificate] : [];
    return spawnSync("redis-cli", ["-u", this.url, ...trust, "--no-auth-warning", ...words], { encoding: "utf8" })
      .stdout;
  }

  private async begin(): Promise<void> {
    const tls = `--port 0 --tls-port ${this.port} --tls-auth-clients no --tls-ca-cert-file ${this.certificate}`;
    const files = `--tls-cert-file ${this.certificate} --tls-key-file ${this.certificateKey}`;
    const listening = this.protocol === "rediss" ? `${tls} ${files}` : `--port ${this.port}`;
    const settings = `${listening} --bind 127.0.0.1 --appendonly yes --maxmemory-policy noeviction`.split(" ");
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

function makeCertificate(certificate: string, key: string): void {
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"];
  const words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", certificate];
  execFileSync("openssl", [...words, ...names], { stdio: "ignore" });
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
