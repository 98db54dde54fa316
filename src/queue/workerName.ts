import { hostname } from "node:os";
import { packageVersion } from "../files/version.js";
import { streamVersion } from "../random/streamVersion.js";

/** A worker that is connected. */
export interface ConnectedWorker {
  /** Machine and number of the process. */
  readonly name: string;
  readonly threads: number;
  /** Its version of the package. */
  readonly slatesim: string;
}

/** Returns the name by which Redis lists the connection of a worker of this process. */
export function connectionName(threads: number): string {
  const host = hostname().replaceAll(/[^A-Za-z0-9.-]/g, "-");
  return [String(threads), `${packageVersion()}+${streamVersion}`, host, String(process.pid)].join("_");
}

/** Returns the worker behind a connection that Redis lists; undefined if the name is another's. */
export function workerOf(connection: string): ConnectedWorker | undefined {
  const [, threads, version, stream, host, process] =
    /:w:(\d+)_([\w.-]+)\+(\d+)_([A-Za-z0-9.-]+)_(\d+)$/.exec(connection) ?? [];
  if (threads === undefined) return undefined;
  return { name: `${host}:${process}`, threads: Number(threads), slatesim: `${version} (stream version ${stream})` };
}
