import type { ParquetWriter } from "hyparquet-writer";
import type { Json } from "../check/json.js";
import { refuse } from "../check/refuse.js";
import { encodeJson } from "../check/exactJson.js";
import { packageVersion } from "../files/version.js";
import { removePartialsOf, WholeFile } from "../files/wholeFile.js";
import { tracedEpisodes } from "../montecarlo/tracedEpisodes.js";
import { seedOf } from "../montecarlo/options.js";
import { streamVersion } from "../random/streamVersion.js";
import { CREATOR } from "../tables/parquet.js";
import type { RunPolicy } from "../world/policy.js";
import type { World } from "../world/world.js";
import { writtenParameters } from "../world/writtenParameters.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { TrajectoryColumns, type TrajectoryRow } from "./trajectoryColumns.js";
import { readTrajectoryOptions, type TrajectoryOptions } from "./trajectoryOptions.js";
import { userNumbersText } from "./userNumbers.js";

/** Maximal rows of a row group, fewer with many candidates: one group at a time is in memory. */
const GROUP_ROWS = 10_000;
const GROUP_CANDIDATES = 500_000;

/** How much was written. */
export interface WrittenTrajectories {
  readonly rows: number;
  readonly users: number;
}

/**
 * Writes episodes step by step to a Parquet file, a row a step, with the columns of a trace: exactly the episodes of `simulate` with
 * the same world, policy and seed. `choice` is null for no click. The file's metadata holds what was run, as JSON under the
 * key "slatesim". The same call writes the same bytes; memory grows with the file's table of contents alone. The file takes
 * its place when it is complete: a call that fails changes nothing at the path. Rejects with `InvalidInput` with every error at once;
 * for user code that fails, as `trace` does.
 */
export async function writeTrajectories<T extends WorldTypes>(
  path: string,
  world: World<T>,
  policy: RunPolicy<NoInfer<T>>,
  options: TrajectoryOptions,
): Promise<WrittenTrajectories> {
  const { users, mistakes } = readTrajectoryOptions(path, world as World, policy as RunPolicy, options);
  refuse(mistakes);
  options.signal?.throwIfAborted();
  removePartialsOf(path);
  const file = new WholeFile(path);
  try {
    const rows = await writeEpisodes(file, world as World, policy as RunPolicy, users, options);
    file.finish();
    return { rows, users: users.length };
  } catch (error) {
    file.abandon();
    throw error;
  }
}

async function writeEpisodes(
  file: WholeFile,
  world: World,
  policy: RunPolicy,
  users: Uint32Array,
  { steps = world.timeBudget, onProgress, signal, ...options }: TrajectoryOptions,
): Promise<number> {
  const extent = { seed: seedOf(options), steps };
  const episodeOf = tracedEpisodes(world, policy, extent);
  const columns = new TrajectoryColumns(world, firstOf(episodeOf(users[0]!).steps));
  const parquet = await openParquet(file, columns, metadata(world, policy, users, extent));
  const most = Math.max(1, Math.min(GROUP_ROWS, Math.floor(GROUP_CANDIDATES / world.numCandidates)));
  let group: TrajectoryRow[] = [];
  let rows = 0;
  for (const [usersDone, user] of users.entries()) {
    let step = 0;
    for (const traced of episodeOf(user).steps) {
      if (group.length === most) {
        writeGroup(parquet, columns, group);
        group = [];
        onProgress?.(usersDone);
        await pause();
        signal?.throwIfAborted();
      }
      group.push(columns.row(user, step++, traced));
    }
    rows += step;
  }
  writeGroup(parquet, columns, group);
  await parquet.finish();
  onProgress?.(users.length);
  return rows;
}

function firstOf<Item>(items: Iterable<Item>): Item | undefined {
  for (const item of items) return item;
  return undefined;
}

/** A Parquet file that is written group by group. */
async function openParquet(file: WholeFile, columns: TrajectoryColumns, about: string): Promise<ParquetWriter> {
  const { ByteWriter, ParquetWriter } = await import("hyparquet-writer");
  const bytes = new ByteWriter();
  const flush = (): void => {
    file.append(bytes.getBytes());
    bytes.index = 0;
  };
  return new ParquetWriter({
    writer: Object.assign(bytes, { flush, finish: flush }),
    schema: columns.schema(),
    kvMetadata: [{ key: CREATOR, value: about }],
    createdBy: CREATOR,
  });
}

function writeGroup(parquet: ParquetWriter, columns: TrajectoryColumns, rows: readonly TrajectoryRow[]): void {
  void parquet.write({ columnData: columns.data(rows), rowGroupSize: rows.length }); // done when it returns, as `flush` is
}

/** Returns the description of the run; parameters that JSON cannot hold are texts, as in `slatesim run --json`. */
function metadata(
  world: World,
  policy: RunPolicy,
  users: Uint32Array,
  { seed, steps }: { readonly seed: string; readonly steps: number },
): string {
  const { scenario, hash, parameters } = world;
  const run = { scenario, parameters: writtenParameters(parameters), world: hash, policy: policy.name };
  const about = { ...run, users: userNumbersText(users), steps, seed, streamVersion, slatesim: packageVersion() };
  return encodeJson(about as unknown as Json, "metadata");
}

/** Yields to the event loop. */
function pause(): Promise<void> {
  return new Promise((resume) => setImmediate(resume));
}
