import { expectedMistake } from "../check/mistakes.js";
import type { StudyIdentity } from "../studies/blockStore.js";

/** Compares the study of a file with the one that is wanted, field by field; `source` says where that comes from. */
export function studyMistakes(path: string, found: StudyIdentity, wanted: StudyIdentity, source: string): string[] {
  return fieldMistakes(path, fieldsOf(found), fieldsOf(wanted), source);
}

/** Compares fields with those that are wanted. */
export function fieldMistakes(
  path: string,
  found: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
  source: string,
): string[] {
  return [...new Set([...Object.keys(wanted), ...Object.keys(found)])]
    .filter((field) => JSON.stringify(found[field]) !== JSON.stringify(wanted[field]))
    .map((field) => {
      const rule = wanted[field] === undefined ? "nothing" : JSON.stringify(wanted[field]);
      return expectedMistake(`${path}: ${field}`, `${rule}, ${source}`, found[field]);
    });
}

/** Returns the identity with a field for each variant, because a list of them is too long to print. */
function fieldsOf({ variants, ...rest }: StudyIdentity): Readonly<Record<string, unknown>> {
  const each = variants.map((variant, place) => [`variants[${place}]`, variant]);
  return { ...rest, "number of variants": variants.length, ...Object.fromEntries(each) };
}
