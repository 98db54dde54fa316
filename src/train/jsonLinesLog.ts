import { join } from "node:path";
import { encodeJson } from "../check/exactJson.js";
import type { EpisodeLog, EpisodeRow } from "./episodeLog.js";
import { GrowingFile } from "./growingFile.js";

const NAME = "episodes.jsonl";
/** Characters that wait in memory. */
const MOST_WAITING = 2 ** 20;

/** One JSON document a line, all iterations in one file. What is not finite is a text such as "NaN". */
export class JsonLinesLog implements EpisodeLog {
  private readonly file: GrowingFile;
  private waiting: string[] = [];
  private characters = 0;

  /** Goes on in a folder whose files had these lengths. */
  constructor(folder: string, lengths: Readonly<Record<string, number>>) {
    this.file = new GrowingFile(join(folder, NAME), lengths[NAME] ?? 0);
  }

  add(row: EpisodeRow): void {
    const line = `${encodeJson({ ...row }, "row")}\n`;
    this.waiting.push(line);
    this.characters += line.length;
    if (this.characters >= MOST_WAITING) this.flush();
  }

  async endIteration(): Promise<void> {
    this.flush();
  }

  lengths(): Readonly<Record<string, number>> {
    return { [NAME]: this.file.length };
  }

  private flush(): void {
    this.file.append(this.waiting.join(""));
    this.waiting = [];
    this.characters = 0;
  }
}
