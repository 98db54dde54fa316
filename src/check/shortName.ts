/** Name of the method by which Node prints an object: in one line, instead of its whole content. */
export const printed: unique symbol = Symbol.for("nodejs.util.inspect.custom") as never;

const MAX_LENGTH = 100;

/** Returns the printed form of an object, `Box { 0 to 1 }`. Longer lines are cut. */
export function shortName(kind: string, text: string): string {
  const line = text === "" ? kind : `${kind} { ${text} }`;
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line;
}

/** Sets the printed form of an object that is no instance of a class. */
export function printedAs<Owner extends object>(owner: Owner, line: string): Owner {
  return Object.defineProperty(owner, printed, { value: () => line });
}

/** Returns the printed form of a part, for the line of a whole. */
export function nameOfPart(part: unknown): string {
  const say: unknown = typeof part === "object" && part !== null ? Reflect.get(part, printed) : undefined;
  return typeof say === "function" ? String(say.call(part)) : "a space of one's own";
}
