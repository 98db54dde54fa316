import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isObstacle } from "../files/place.js";
import { writeWhole } from "../files/wholeFile.js";
import type { EpisodeLog, EpisodeRow } from "./episodeLog.js";
import { markOf, type Mark } from "./growingFile.js";
import { openFolder, setAside } from "./runFolder.js";

const FOLDER = "episodes";
const NAME = /^iteration-(\d{6,10})\.parquet$/;

const required = { repetition_type: "REQUIRED" } as const;
const optional = { repetition_type: "OPTIONAL" } as const;
const count = { type: "INT32", converted_type: "UINT_32" } as const;

const schema = [
  { name: "root", num_children: 11 },
  { name: "iteration", ...count, ...required },
  { name: "episode", ...count, ...required },
  { name: "step", ...count, ...required },
  { name: "user", ...count, ...required },
  { name: "slate", converted_type: "LIST", num_children: 1, ...required },
  { name: "list", repetition_type: "REPEATED", num_children: 1 },
  { name: "element", ...count, ...required },
  { name: "slatePropensity", type: "DOUBLE", ...optional },
  { name: "choice", ...count, ...optional },
  { name: "reward", type: "DOUBLE", ...required },
  { name: "engagement", type: "DOUBLE", ...optional },
  { name: "terminated", type: "BOOLEAN", ...required },
  { name: "truncated", type: "BOOLEAN", ...required },
] as const;

const columns: readonly (keyof EpisodeRow)[] = [
  "iteration",
  "episode",
  "step",
  "user",
  "slate",
  "slatePropensity",
  "choice",
  "reward",
  "engagement",
  "terminated",
  "truncated",
];

/** Logs a Parquet file for each iteration, because such files have their table of contents at the end and cannot be appended to. */
export class ParquetLog implements EpisodeLog {
  private readonly folder: string;
  private rows: EpisodeRow[] = [];

  /** Resumes after `iterations` iterations; removes files of later ones, which no checkpoint contains. */
  constructor(folder: string, iterations: number) {
    this.folder = folder;
    openFolder(join(folder, FOLDER));
    for (const name of readdirSync(join(folder, FOLDER))) {
      const [, iteration] = NAME.exec(name) ?? [];
      if (Number(iteration ?? 0) > iterations) makeRoom(join(folder, FOLDER, name));
    }
  }

  add(row: EpisodeRow): void {
    this.rows.push(row);
  }

  async endIteration(iteration: number): Promise<Mark> {
    const { parquetWriteBuffer } = await import("hyparquet-writer");
    const columnData = columns.map((name) => ({ name, data: this.rows.map((row) => row[name]) }));
    const bytes = new Uint8Array(parquetWriteBuffer({ schema: [...schema], columnData, createdBy: "slatesim" }));
    writeWhole(parquetPath(this.folder, iteration), bytes);
    this.rows = [];
    return markOf(bytes);
  }

  marks(): Readonly<Record<string, Mark>> {
    return {};
  }
}

function makeRoom(path: string): void {
  if (isObstacle(path)) setAside(path);
  else rmSync(path);
}

/** Returns the path of an iteration's episodes. */
export function parquetPath(folder: string, iteration: number): string {
  return join(folder, FOLDER, `iteration-${String(iteration).padStart(6, "0")}.parquet`);
}
