import type { WholeFile } from "../files/wholeFile.js";
import { csvLines } from "../tables/csv.js";
import { CREATOR } from "../tables/parquet.js";
import { formatOf } from "../tables/tableFile.js";
import type { TrajectoryColumns, TrajectoryRow } from "./trajectoryColumns.js";

/** Rows that are written group by group. */
interface WrittenRows {
  add(group: readonly TrajectoryRow[]): void;
  finish(): Promise<void> | void;
}

/** Begins the rows of a file in the format that the path's ending names; a device receives Parquet. `about` says what was run. */
export async function openRows(
  file: WholeFile,
  path: string,
  columns: TrajectoryColumns,
  about: string,
): Promise<WrittenRows> {
  const format = formatOf(path, "parquet");
  if (format === "parquet") return openParquet(file, columns, about);
  return format === "csv" ? openCsv(file, columns) : openJsonLines(file);
}

async function openParquet(file: WholeFile, columns: TrajectoryColumns, about: string): Promise<WrittenRows> {
  const { ByteWriter, ParquetWriter } = await import("hyparquet-writer");
  const bytes = new ByteWriter();
  const flush = (): void => {
    file.append(bytes.getBytes());
    bytes.index = 0;
  };
  const parquet = new ParquetWriter({
    writer: Object.assign(bytes, { flush, finish: flush }),
    schema: columns.schema(),
    kvMetadata: [{ key: CREATOR, value: about }],
    createdBy: CREATOR,
  });
  return {
    add: (group) => {
      void parquet.write({ columnData: columns.data(group), rowGroupSize: group.length }); // done when it returns, as `flush` is
    },
    finish: () => parquet.finish(),
  };
}

function openCsv(file: WholeFile, { names }: TrajectoryColumns): WrittenRows {
  file.append(csvLines([names]));
  return {
    add: (group) => file.append(csvLines(group.map((row) => names.map((name) => csvCell(row[name]))))),
    finish: () => {},
  };
}

/** What is no number is JSON, as in Parquet. */
function csvCell(value: unknown): unknown {
  return typeof value === "number" || value === null ? value : JSON.stringify(value);
}

function openJsonLines(file: WholeFile): WrittenRows {
  return {
    add: (group) => file.append(group.map((row) => `${JSON.stringify(row)}\n`).join("")),
    finish: () => {},
  };
}
