import { isPlainRecord } from "./json.js";
import { isList } from "./lists.js";
import { printed } from "./shortName.js";
import { escapeControls } from "./escapeControls.js";

/** Maximal length of values, so that the message stays readable if a whole corpus was passed by mistake. */
const MAX_LENGTH = 80;

/** Returns a value as it is written in code: strings quoted, `NaN`, `-0` and `5n` as such, objects as JSON; safe to print. */
export function showValue(value: unknown): string {
  const text = typeof value === "object" && value !== null ? showObject(value) : showScalar(value);
  return text.length > MAX_LENGTH ? `${escapeControls(cut(text))}…` : escapeControls(text);
}

/** Cuts a text, but not between the halves of a surrogate pair. */
function cut(text: string): string {
  return text.slice(0, MAX_LENGTH).replace(/[\ud800-\udbff]$/, "");
}

function showScalar(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  return Object.is(value, -0) ? "-0" : String(value);
}

function showObject(value: object): string {
  try {
    const line = lineOf(value);
    const text = line ?? JSON.stringify(value, asFarAsShown());
    return text === undefined || (text === "{}" && !isPlainRecord(value)) ? nameOf(value) : text; // a Map, a promise
  } catch {
    return nameOf(value); // a cycle, or a getter, toJSON or proxy that throws
  }
}

/** Returns the printed form of spaces, worlds, environments and agents, whose content would not help. */
function lineOf(value: object): string | undefined {
  const say: unknown = Reflect.get(value, printed);
  return typeof say === "function" ? String(say.call(value)) : undefined;
}

/** Returns the printed form of an object; a fixed text for a proxy that throws. */
function nameOf(value: object): string {
  try {
    return Object.prototype.toString.call(value);
  } catch {
    return "[object Object]";
  }
}

/**
 * Returns a replacer for `JSON.stringify`, which would turn NaN and the infinities into null, and refuse a bigint. Every value adds at
 * least one character, so the replacer visits no more than is printed: not a list of millions, nor thousands of levels.
 */
function asFarAsShown(): (this: unknown, key: string, value: unknown) => unknown {
  let visited = 0;
  return function (_key, value) {
    if (isList(this) && ["function", "symbol", "undefined"].includes(typeof value)) return showScalar(value);
    if (typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value))) return showScalar(value);
    if (typeof value !== "object" || value === null) return value;
    if (++visited > MAX_LENGTH) return 0;
    return isList(value) ? Array.prototype.slice.call(value, 0, MAX_LENGTH) : value;
  };
}
