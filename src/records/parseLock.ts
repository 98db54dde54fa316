import { InvalidInput } from "../check/invalidInput.js";
import { decodeJson } from "../check/exactJson.js";
import { expectedMistake, objectMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { showValue } from "../check/showValue.js";
import { readWhole } from "../files/readWhole.js";

/** Reads the fields of the lock at that path, unchecked. Throws `InvalidInput` unless the file is a JSON object. */
export function parseLock(path: string): Readonly<Record<string, unknown>> {
  const bytes = readWhole("lock file", path);
  if (bytes === undefined)
    throw new InvalidInput([`${expectedMistake("lock file", "a file that can be read", path)}: ENOENT`]);
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes); // skips a byte order mark
    const found: unknown = decodeJson(text);
    refuse([objectMistake(path, found), repeatedNameMistake(path, text)]);
    return found as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    throw new InvalidInput([
      `${expectedMistake(path, "JSON", "something else")}: ${showValue((error as Error).message)}`,
    ]);
  }
}

/** Returns an error if a name occurs twice: JSON reads its last value, a reader may take the first. */
function repeatedNameMistake(path: string, text: string): string | undefined {
  const written = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter((match) => match[1] !== undefined).length;
  let read = -1; // the document itself has a name too, which is empty
  JSON.parse(text, function count(this: unknown, _name, value: unknown) {
    if (!Array.isArray(this)) read += 1;
    return value;
  });
  return written === read ? undefined : expectedMistake(path, "every name of a field once", "one twice");
}
