import { stringify } from "csv-stringify/sync";

/**
 * Returns lines of CSV (RFC 4180, LF): numbers in the fewest digits that read back as the same number, nothing for null. A text that
 * begins like a formula of a spreadsheet (=, +, -, @) is preceded by an apostrophe, so that opening the file never runs one.
 */
export function csvLines(rows: readonly (readonly unknown[])[]): string {
  const cast = { boolean: String, number: String };
  return stringify(rows as unknown[][], { cast, escape_formulas: true });
}
