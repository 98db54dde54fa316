import { join } from "node:path";
import { encodeJson } from "../check/exactJson.js";
import type { EpisodeLog, EpisodeRow } from "./episodeLog.js";
import { GrowingFile, type Mark } from "./growingFile.js";

export const JSON_LINES = "episodes.jsonl";
/** Maximal number of characters buffered in memory. */
const MAX_WAITING = 2 ** 20;

/** Logs a JSON document a line, all iterations in one file. Numbers that are not finite are texts such as "NaN". */
export class JsonLinesLog implements EpisodeLog {
  private readonly file: GrowingFile;
  private waiting: string[] = [];
  private characters = 0;

  /** Resumes at the mark. */
  constructor(folder: string, mark?: Mark) {
    this.file = new GrowingFile(join(folder, JSON_LINES), mark);
  }

  add(row: EpisodeRow): void {
    const line = `${encodeJson({ ...row }, "row")}\n`;
    this.waiting.push(line);
    this.characters += line.length;
    if (this.characters >= MAX_WAITING) this.flush();
  }

  async endIteration(): Promise<undefined> {
    this.flush();
  }

  marks(): Readonly<Record<string, Mark>> {
    return { [JSON_LINES]: this.file.mark() };
  }

  private flush(): void {
    this.file.append(this.waiting.join(""));
    this.waiting = [];
    this.characters = 0;
  }
}
