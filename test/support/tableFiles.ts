import { writeFileSync } from "node:fs";
import { parquetWriteBuffer } from "hyparquet-writer";

/** Columns of numbers, by their names. */
export type Columns = Readonly<Record<string, readonly number[]>>;

/** Writers of a table in each format that is read, by the ending of the file. */
export const tableWriters: Readonly<Record<string, (path: string, columns: Columns) => void>> = {
  ".csv": (path, columns) => {
    const lines = rowsOf(columns).map((row) => `${Object.values(row).join()}\n`);
    writeFileSync(path, [`${Object.keys(columns).join()}\n`, ...lines].join(""));
  },
  ".json": (path, columns) => writeFileSync(path, JSON.stringify(rowsOf(columns))),
  ".parquet": (path, columns) => {
    const columnData = Object.entries(columns).map(([name, data]) => ({
      name,
      data: [...data],
      type: "DOUBLE" as const,
    }));
    writeFileSync(path, new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 100 })));
  },
};

function rowsOf(columns: Columns): Record<string, number>[] {
  const [first] = Object.values(columns);
  return first!.map((_, row) => Object.fromEntries(Object.entries(columns).map(([name, data]) => [name, data[row]!])));
}
