import { isPlainRecord } from "../check/json.js";

/**
 * Returns the parameters of a world as plain data for a file. A table of users has a form of its own for that, as in `JSON.stringify`:
 * its size and its hash.
 */
export function writtenParameters(parameters: unknown): unknown {
  if (!isPlainRecord(parameters)) return parameters;
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, formOf(value)]));
}

function formOf(value: unknown): unknown {
  const form: unknown = typeof value === "object" && value !== null && Reflect.get(value, "toJSON");
  return typeof form === "function" ? form.call(value) : value;
}
