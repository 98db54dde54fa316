import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../check/json.js";
import { refuse } from "../check/refuse.js";
import { encodeJson } from "../check/exactJson.js";
import { removePartials, writeWhole } from "../files/wholeFile.js";
import type { Checkpoint } from "./checkpoint.js";
import { openCheckpointFolder, pruneCheckpoints, writeCheckpoint } from "./checkpointFolder.js";
import type { EpisodeLog } from "./episodeLog.js";
import { fileVersionRecord, scalarRecord } from "./eventRecords.js";
import { GrowingFile, lengthMistake } from "./growingFile.js";
import { scalarsOf } from "./iteration.js";
import { JsonLinesLog } from "./jsonLinesLog.js";
import { ParquetLog } from "./parquetLog.js";

const EVENTS = "events.out.tfevents.0.slatesim";

/**
 * All that a run leaves on disk: `run.json`, and under `train/` the events, the episode log and the checkpoints. Whatever is
 * written after a checkpoint is cut off again when the run goes on from it, so an interrupted run ends with the same bytes.
 */
export class TrainFolder {
  readonly log: EpisodeLog | undefined;
  private readonly out: string;
  private readonly events: GrowingFile;
  private newest: Checkpoint;
  /** Iteration of the newest checkpoint on disk. */
  private saved: number;

  /** Begins or goes on from that checkpoint. Throws `InvalidInput`, and leaves all as it is, if files are too short. */
  constructor(out: string, checkpoint: Checkpoint) {
    const { files, settings, iteration } = checkpoint;
    const folder = join(out, "train");
    refuse(Object.entries(files).map(([name, length]) => lengthMistake(join(folder, name), length)));
    mkdirSync(folder, { recursive: true });
    removePartials(out);
    openCheckpointFolder(out);
    this.out = out;
    this.newest = checkpoint;
    this.saved = iteration;
    if (iteration === 0) writeCheckpoint(out, checkpoint);
    this.events = new GrowingFile(join(folder, EVENTS), files[EVENTS] ?? 0);
    this.log = openLog(settings["episodeLog"], folder, files);
    this.settle();
  }

  /** Writes what the iteration brought. `reached` says how far the run has come, but for the lengths of its files. */
  async endIteration(reached: Checkpoint): Promise<void> {
    const summary = reached.iterations.at(-1)!;
    if (this.events.length === 0) this.events.append(fileVersionRecord());
    this.events.append(scalarRecord(summary.totalSteps, scalarsOf(summary, "train")));
    await this.log?.endIteration(reached.iteration);
    const files = { [EVENTS]: this.events.length, ...this.log?.lengths() };
    this.newest = { ...reached, files };
    if (this.isScheduled(reached.iteration)) this.save();
  }

  /** Makes sure that the last whole iteration can be gone on from. */
  save(): void {
    if (this.saved === this.newest.iteration) return;
    writeCheckpoint(this.out, this.newest);
    this.saved = this.newest.iteration;
    this.settle();
  }

  private isScheduled(iteration: number): boolean {
    const { checkpointFrequency, numIterations } = this.newest.settings;
    return iteration % (checkpointFrequency as number) === 0 || iteration === numIterations;
  }

  /** What follows from the newest checkpoint: which others stay, and the summary. */
  private settle(): void {
    const { settings, iterations, iteration } = this.newest;
    if (this.isScheduled(iteration)) pruneCheckpoints(this.out, (given) => this.isScheduled(given));
    const run = encodeJson({ settings, iterations: iterations as unknown as Json }, "run", 2);
    writeWhole(join(this.out, "run.json"), `${run}\n`);
  }
}

function openLog(kind: unknown, folder: string, lengths: Checkpoint["files"]): EpisodeLog | undefined {
  if (kind === "jsonl") return new JsonLinesLog(folder, lengths);
  if (kind === "parquet") return new ParquetLog(folder, lengths);
  return undefined;
}
