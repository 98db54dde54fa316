/** Under this name objects tell Node how they are printed: in one line, instead of everything that is in them. */
export const printed: unique symbol = Symbol.for("nodejs.util.inspect.custom") as never;

const MAX_LENGTH = 100;

/** `Box { 0 to 1 }`: how an object calls itself. Longer lines are cut. */
export function shortName(kind: string, text: string): string {
  const line = text === "" ? kind : `${kind} { ${text} }`;
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line;
}

/** Lets an object that is no instance of a class call itself so. */
export function printedAs<Owner extends object>(owner: Owner, line: string): Owner {
  return Object.defineProperty(owner, printed, { value: () => line });
}

/** How a part calls itself in the line of a whole. */
export function nameOfPart(part: unknown): string {
  const say: unknown = typeof part === "object" && part !== null ? Reflect.get(part, printed) : undefined;
  return typeof say === "function" ? String(say.call(part)) : "a space of one's own";
}
