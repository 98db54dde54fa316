import { fstatSync, readSync } from "node:fs";
import type { AsyncBuffer, ColumnData, FileMetaData } from "hyparquet";
import type { TableColumns } from "./tableColumns.js";

/** Reads a Parquet file, one group of rows at a time. */
export async function readParquet(handle: number, table: TableColumns): Promise<void> {
  const { parquetMetadataAsync, parquetSchema } = await import("hyparquet");
  const file = bufferOf(handle);
  const metadata = await parquetMetadataAsync(file);
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  table.begin(names);
  let rowStart = 0;
  for (const { num_rows: rows } of metadata.row_groups) {
    const rowEnd = rowStart + Number(rows);
    for (const chunk of await chunksOf(file, metadata, rowStart, rowEnd)) readChunk(chunk, names, table);
    rowStart = rowEnd;
  }
}

/** Returns the columns of a group. Errors in them are told later, because hyparquet leaves what its callback throws unhandled. */
async function chunksOf(
  file: AsyncBuffer,
  metadata: FileMetaData,
  rowStart: number,
  rowEnd: number,
): Promise<readonly ColumnData[]> {
  const { parquetRead } = await import("hyparquet");
  const chunks: ColumnData[] = [];
  await parquetRead({ file, metadata, rowStart, rowEnd, onChunk: (chunk) => chunks.push(chunk) });
  return chunks;
}

function readChunk(
  { columnName, columnData, rowStart }: ColumnData,
  names: readonly string[],
  table: TableColumns,
): void {
  const place = names.indexOf(columnName);
  for (let i = 0; i < columnData.length; i++) {
    const [row, value] = [rowStart + i, columnData[i] as unknown];
    table.set(place, row, typeof value === "bigint" ? Number(value) : value, () => `row ${row + 1}`);
  }
}

function bufferOf(handle: number): AsyncBuffer {
  const { size } = fstatSync(handle);
  return {
    byteLength: size,
    slice: (start, end = size) => {
      const bytes = new Uint8Array(end - start);
      readSync(handle, bytes, 0, bytes.length, start);
      return bytes.buffer;
    },
  };
}
