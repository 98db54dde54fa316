import { join } from "node:path";
import { decodeJson, encodeJson } from "../check/exactJson.js";
import type { Json } from "../check/json.js";
import { objectMistake } from "../check/mistakes.js";
import { readWhole } from "../files/readWhole.js";
import { writeWhole } from "../files/wholeFile.js";
import type { Checkpoint, Settings } from "./checkpoint.js";
import { checkpointFolder, pruneCheckpoints, writeCheckpoint } from "./checkpointFolder.js";
import type { EpisodeLog } from "./episodeLog.js";
import { EVENTS, eventsOf } from "./eventFile.js";
import { GrowingFile } from "./growingFile.js";
import type { IterationSummary } from "./iteration.js";
import { IterationFile, ITERATIONS } from "./iterationFile.js";
import { JSON_LINES, JsonLinesLog } from "./jsonLinesLog.js";
import { ParquetLog } from "./parquetLog.js";
import { growingFolder, openFolder, RUN } from "./runFolder.js";

/**
 * Files of a run: `run.json`, and under `train/` the iterations, the events, the episode log and the checkpoints. Bytes written after a
 * checkpoint are cut off when the run resumes from it, so an interrupted run ends with the same bytes. The amount that an iteration
 * writes does not grow with the number of iterations.
 */
export class TrainFolder {
  readonly log: EpisodeLog | undefined;
  private readonly out: string;
  private readonly settings: Settings;
  private readonly iterations: IterationFile;
  private readonly events: GrowingFile;
  private newest: Checkpoint;
  /** Iteration of the newest checkpoint on disk. */
  private saved: number;

  /** Begins at, or resumes from, that checkpoint. Throws `InvalidInput` if files do not match it. */
  constructor(out: string, settings: Settings, checkpoint: Checkpoint) {
    const { files, iteration } = checkpoint;
    const folder = growingFolder(out);
    for (const path of [out, folder, checkpointFolder(out)]) openFolder(path);
    this.out = out;
    this.settings = settings;
    this.newest = checkpoint;
    this.saved = iteration;
    if (iteration === 0) writeCheckpoint(out, checkpoint);
    this.iterations = new IterationFile(folder, files[ITERATIONS]);
    this.events = new GrowingFile(join(folder, EVENTS), files[EVENTS]);
    this.log = openLog(settings["episodeLog"], folder, checkpoint);
    this.prune();
  }

  /** Writes the results of an iteration. `reached` is the state of the run, without the marks of its files. */
  async endIteration(reached: Checkpoint, summary: IterationSummary): Promise<void> {
    this.events.append(eventsOf(summary));
    const log = await this.log?.endIteration(reached.iteration);
    this.iterations.add(log === undefined ? summary : { ...summary, log });
    const files = { ...this.iterations.marks(), [EVENTS]: this.events.mark(), ...this.log?.marks() };
    this.newest = { ...reached, files };
    if (this.isScheduled(reached.iteration)) this.save();
  }

  /** Writes a checkpoint of the last whole iteration, if there is none. */
  save(): void {
    if (this.saved === this.newest.iteration) return;
    writeCheckpoint(this.out, this.newest);
    this.saved = this.newest.iteration;
    this.prune();
  }

  /** Writes the summary of the run so far. It is written as a whole, and therefore at the run's beginning and end only. */
  writeSummary(iterations: readonly IterationSummary[]): void {
    const run = { settings: this.settings, iterations: iterations as unknown as Json };
    writeWhole(join(this.out, RUN), `${encodeJson(run, "run", 2)}\n`);
  }

  private isScheduled(iteration: number): boolean {
    const { checkpointFrequency, numIterations } = this.settings;
    return iteration % (checkpointFrequency as number) === 0 || iteration === numIterations;
  }

  private prune(): void {
    const keep = this.settings["keepCheckpoints"] as number;
    if (this.isScheduled(this.saved)) pruneCheckpoints(this.out, keep, (given) => this.isScheduled(given));
  }
}

function openLog(kind: unknown, folder: string, { files, iteration }: Checkpoint): EpisodeLog | undefined {
  if (kind === "jsonl") return new JsonLinesLog(folder, files[JSON_LINES]);
  if (kind === "parquet") return new ParquetLog(folder, iteration);
  return undefined;
}

/** Reads the settings in `run.json`, or in another file like it; undefined if they cannot be read. */
export function readRunSettings(out: string, file = RUN): Settings | undefined {
  try {
    const { settings } = decodeJson(Buffer.from(readWhole("out", join(out, file))!).toString()) as {
      settings?: Settings;
    };
    return objectMistake("settings", settings) === undefined ? settings : undefined;
  } catch {
    return undefined; // damaged too, or gone
  }
}
