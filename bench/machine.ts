import { createRequire } from "node:module";
import { arch, cpus, loadavg, release, type } from "node:os";

/** Where and on what the bench runs. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly os: string;
  readonly node: string;
  readonly v8: string;
  readonly slatesim: string;
  readonly assemblyscript: string;
  /** Processes that wanted to run in the last minute, this one included: above 1 others disturbed; 0 where it is not known. */
  readonly load: number;
}

interface Manifest {
  version: string;
  devDependencies: { assemblyscript: string };
}

export function describeMachine(): Machine {
  const manifest = createRequire(import.meta.url)("slatesim/package.json") as Manifest;
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    os: `${type()} ${release()} ${arch()}`,
    node: process.versions.node,
    v8: process.versions.v8,
    slatesim: manifest.version,
    assemblyscript: manifest.devDependencies.assemblyscript,
    load: loadavg()[0]!,
  };
}

/** Two lines of text. */
export function showMachine(machine: Machine = describeMachine()): string {
  return [
    `${machine.cpu}, ${machine.cores} cores, load ${machine.load.toFixed(1)} at the end, ${machine.os}`,
    `Node ${machine.node}, V8 ${machine.v8}, slatesim ${machine.slatesim}, AssemblyScript ${machine.assemblyscript}`,
  ].join("\n");
}
