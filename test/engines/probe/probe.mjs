import { hashOf } from "./hash.mjs";

/** Hashes what each case of each column gives; in place of the hash of a case that fails stands its error. */
export async function probe(columns) {
  const found = {};
  for (const [column, cases] of Object.entries(columns)) {
    found[column] = {};
    for (const [name, run] of Object.entries(cases)) found[column][name] = await hashOrError(run);
  }
  return found;
}

async function hashOrError(run) {
  try {
    return hashOf(await run());
  } catch (error) {
    return String(error);
  }
}
