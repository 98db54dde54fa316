import { expectedMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";

/** Reads options that are all texts, once. Throws `InvalidInput` with every error. */
export function textOptionsOnce<Options extends object>(
  kind: string,
  options: Options,
  names: readonly (keyof Options & string)[],
): Options {
  const given = readOnce("options", options, names);
  refuse([objectMistake("options", given)]);
  const others = names.filter((name) => given[name] !== undefined && typeof given[name] !== "string");
  refuse([
    ...unknownFieldMistakes(kind, given, names),
    ...others.map((name) => expectedMistake(name, "a text", given[name])),
  ]);
  return given;
}
