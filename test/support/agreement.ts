import { expect } from "vitest";

/** A double as the recorded files hold it: those that are not finite are texts. */
export type Recorded = number | "Infinity" | "-Infinity" | "NaN";

/** Expects agreement with a recorded number to 1e-12 (or the tolerance given), relative to max(1, |recorded|). */
export function expectRecorded(
  computed: number | undefined,
  recorded: Recorded,
  what: string,
  tolerance = 1e-12,
): void {
  const value = Number(recorded);
  if (!Number.isFinite(value)) return expect(computed, what).toBe(value);
  const off = Math.abs(computed! - value) / Math.max(1, Math.abs(value));
  expect(off, `${what}: computed ${computed}, recorded ${value}`).toBeLessThanOrEqual(tolerance);
}

/** The same for lists, item by item. */
export function expectAllRecorded(
  computed: readonly number[],
  recorded: readonly Recorded[],
  what: string,
  tolerance = 1e-12,
): void {
  expect(computed.length, `${what}: how many`).toBe(recorded.length);
  recorded.forEach((value, i) => expectRecorded(computed[i], value, `${what}[${i}]`, tolerance));
}

/** Expects that many rows, at the least, to have the field: what is recorded of no row is compared for none. */
export function expectFields<Row extends object>(
  rows: readonly Row[],
  least: Readonly<Partial<Record<keyof Row, number>>>,
): void {
  for (const [name, count] of Object.entries<number | undefined>(least)) {
    const found = rows.filter((row) => (row[name as keyof Row] ?? null) !== null).length;
    expect(found, `rows with ${name}`).toBeGreaterThanOrEqual(count!);
  }
}
