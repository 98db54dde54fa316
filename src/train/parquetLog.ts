import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { removePartials, writeWhole } from "../files/wholeFile.js";
import type { EpisodeLog, EpisodeRow } from "./episodeLog.js";

const FOLDER = "episodes";

const required = { repetition_type: "REQUIRED" } as const;
const optional = { repetition_type: "OPTIONAL" } as const;
const count = { type: "INT32", converted_type: "UINT_32" } as const;

const schema = [
  { name: "root", num_children: 10 },
  { name: "iteration", ...count, ...required },
  { name: "episode", ...count, ...required },
  { name: "step", ...count, ...required },
  { name: "user", ...count, ...required },
  { name: "slate", converted_type: "LIST", num_children: 1, ...required },
  { name: "list", repetition_type: "REPEATED", num_children: 1 },
  { name: "element", ...count, ...required },
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
  "choice",
  "reward",
  "engagement",
  "terminated",
  "truncated",
];

/** One Parquet file an iteration: such files have their table of contents at the end, and cannot be gone on with. */
export class ParquetLog implements EpisodeLog {
  private readonly folder: string;
  private readonly written: Record<string, number>;
  private rows: EpisodeRow[] = [];

  /** Goes on in a folder whose files had these lengths. */
  constructor(folder: string, lengths: Readonly<Record<string, number>>) {
    this.folder = folder;
    const parts = Object.entries(lengths).filter(([name]) => name.startsWith(`${FOLDER}/`));
    this.written = Object.fromEntries(parts);
    mkdirSync(join(folder, FOLDER), { recursive: true });
    removePartials(join(folder, FOLDER));
  }

  add(row: EpisodeRow): void {
    this.rows.push(row);
  }

  async endIteration(iteration: number): Promise<void> {
    const { parquetWriteBuffer } = await import("hyparquet-writer");
    const columnData = columns.map((name) => ({ name, data: this.rows.map((row) => row[name]) }));
    const bytes = new Uint8Array(parquetWriteBuffer({ schema: [...schema], columnData, createdBy: "slatesim" }));
    const name = `${FOLDER}/iteration-${String(iteration).padStart(6, "0")}.parquet`;
    writeWhole(join(this.folder, name), bytes);
    this.written[name] = bytes.length;
    this.rows = [];
  }

  lengths(): Readonly<Record<string, number>> {
    return this.written;
  }
}
