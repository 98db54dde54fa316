import type { SchemaElement } from "hyparquet-writer";
import { cellOf, type Cell, type ColumnType, type Table } from "./table.js";

/** Creator in the metadata of Parquet files. */
export const CREATOR = "slatesim";

const TYPES: Readonly<Record<ColumnType, Partial<SchemaElement>>> = {
  integer: { type: "INT64" },
  number: { type: "DOUBLE" },
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  boolean: { type: "BOOLEAN" },
};

/** Returns a table as the bytes of a Parquet file; every column may hold null. */
export async function parquetBytes({ columns, rows }: Table): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import("hyparquet-writer");
  const named = Object.entries(columns);
  const schema: SchemaElement[] = [
    { name: "root", num_children: named.length },
    ...named.map(([name, type]) => ({ name, ...TYPES[type], repetition_type: "OPTIONAL" as const })),
  ];
  const columnData = named.map(([name, type]) => ({ name, data: rows.map((row) => stored(cellOf(row, name), type)) }));
  return new Uint8Array(parquetWriteBuffer({ schema, columnData, createdBy: CREATOR }));
}

function stored(cell: Cell, type: ColumnType): Cell | bigint {
  return type === "integer" && cell !== null ? BigInt(cell) : cell;
}
