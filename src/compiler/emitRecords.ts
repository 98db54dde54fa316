import type { Field, RecordType } from "./program.js";

/** Numbers in a record; 0 of one that a world does not have. */
export function sizeOf(record: RecordType | undefined): number {
  return record?.size ?? 0;
}

/** A function that gives two neighbours' records their first values. */
export function clearing(name: string, record: RecordType | undefined): string {
  const stores = (record?.fields ?? []).flatMap((field) => {
    const isDouble = field.type === "f64" || field.type === "vector";
    const value = `${isDouble ? "f64x2" : "i32x4"}.splat(${numberText(field.initial, isDouble ? "f64" : "i32")})`;
    return Array.from({ length: field.length }, (_, i) => `  v128.store(at, ${value}, ${512 * (field.offset + i)});`);
  });
  return `export function ${name}(at: usize): void {\n${stores.join("\n")}\n}\n`;
}

/** A function that folds the numbers of four users' states into their digests, in the order of their names: see src/worlds/custom/plainState.ts. */
export function folding({ fields }: RecordType): string {
  const values = fields
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((field) => Array.from({ length: field.length }, (_, i) => ({ field, i })));
  const folds = values.flatMap(({ field, i }) => [
    `x = ${loaded(field, i)};`,
    "magnitudes = f64x2.add(magnitudes, f64x2.abs(x));",
    "digest = foldNumber(digest, x);",
    `x = ${loaded(field, i, "at + 16")};`,
    "nextMagnitudes = f64x2.add(nextMagnitudes, f64x2.abs(x));",
    "nextDigest = foldNumber(nextDigest, x);",
  ]);
  return `export function foldUsers(at: usize, digests: usize, active: usize): void {
  let x: v128;
  let digest = v128.load(digests);
  let nextDigest = v128.load(digests, 16);
  let magnitudes = f64x2.splat(0.0);
  let nextMagnitudes = magnitudes;
${folds.map((line) => `  ${line}\n`).join("")}
  keepDigest(digests, digest, magnitudes, active);
  keepDigest(digests + 16, nextDigest, nextMagnitudes, active + 16);
}
`;
}

/** Statements that turn the integers and truth values of metrics into the numbers that are added up. */
export function asNumbers(record: RecordType | undefined): string {
  const others = (record?.fields ?? []).filter(({ type }) => type === "i32" || type === "bool");
  return others
    .map((field) => `  v128.store(measured, ${loaded(field, 0, "measured")}, ${512 * field.offset});`)
    .join("\n");
}

/** Two neighbours' values of a field as f64. */
function loaded({ type, offset }: Field, i: number, record = "at"): string {
  const at = `v128.load(${record}, ${512 * (offset + i)})`;
  return type === "f64" || type === "vector" ? at : `toDouble(${at})`;
}

/** As a text that AssemblyScript reads as that number of that type. */
export function numberText(value: number, type: "f64" | "i32"): string {
  if (type === "i32") return value < 0 ? `(${value})` : String(value);
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : value < 0 ? "(-Infinity)" : "NaN";
  const text = /^-?\d+$/.test(String(value)) ? `${value}.0` : String(value);
  return value < 0 || Object.is(value, -0) ? `(${Object.is(value, -0) ? "-0.0" : text})` : text;
}
