import { numberText } from "./emitFunctions.js";
import type { Field, RecordType } from "./program.js";

/** Numbers in a record; 0 of one that a world does not have. */
export function sizeOf(record: RecordType | undefined): number {
  return record?.size ?? 0;
}

/** A function that gives a record its first values. */
export function clearing(name: string, record: RecordType | undefined): string {
  const stores = (record?.fields ?? []).flatMap((field) => {
    const type = field.type === "f64" || field.type === "vector" ? "f64" : "i32";
    const value = numberText(field.initial, type);
    return Array.from(
      { length: field.length },
      (_, i) => `  store<${type}>(at, ${value}, ${512 * (field.offset + i)});`,
    );
  });
  return `export function ${name}(at: usize): void {\n${stores.join("\n")}\n}\n`;
}

/** Folds the numbers of a state in the order of their names: see src/worlds/custom/plainState.ts. */
export function folding({ fields }: RecordType): string {
  const folds = fields
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((field) =>
      Array.from({ length: field.length }, (_, i) => `  digest = foldNumber(digest, ${loaded(field, i)});`),
    );
  return `export function foldUser(digest: u64, at: usize): u64 {\n${folds.join("\n")}\n  return digest;\n}\n`;
}

/** Statements that turn the integers and truth values of metrics into the numbers that are added up. */
export function asNumbers(record: RecordType | undefined): string {
  const others = (record?.fields ?? []).filter(({ type }) => type === "i32" || type === "bool");
  return others
    .map((field) => `  store<f64>(measured, ${loaded(field, 0, "measured")}, ${512 * field.offset});`)
    .join("\n");
}

function loaded({ type, offset }: Field, i: number, record = "at"): string {
  const at = `(${record}, ${512 * (offset + i)})`;
  return type === "f64" || type === "vector" ? `load<f64>${at}` : `<f64>load<i32>${at}`;
}
