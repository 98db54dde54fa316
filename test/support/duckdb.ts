import { DuckDBInstance } from "@duckdb/node-api";

/** The rows that DuckDB answers, as plain values. */
export async function ask<Row = Readonly<Record<string, unknown>>>(query: string): Promise<Row[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(query)).getRowObjectsJS() as Row[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
