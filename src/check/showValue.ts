import { isList } from "./lists.js";
import { printed } from "./shortName.js";
import { escapeControls } from "./escapeControls.js";

/** Longer values are cut: the message should stay readable when a whole corpus was passed by mistake. */
const MAX_LENGTH = 80;

/** A value as its owner would write it: strings quoted, `NaN`, `-0` and `5n` as such, objects as JSON; safe to print. */
export function showValue(value: unknown): string {
  const text = typeof value === "object" && value !== null ? showObject(value) : showScalar(value);
  return text.length > MAX_LENGTH ? `${escapeControls(cut(text))}…` : escapeControls(text);
}

/** Not between the halves of a surrogate pair. */
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
    return line ?? JSON.stringify(value, asFarAsShown()) ?? nameOf(value);
  } catch {
    return nameOf(value); // a cycle, or a getter, toJSON or proxy that throws
  }
}

/** What spaces, worlds, environments and agents call themselves: all that is in them would tell nobody anything. */
function lineOf(value: object): string | undefined {
  const say: unknown = Reflect.get(value, printed);
  return typeof say === "function" ? String(say.call(value)) : undefined;
}

/** As objects call themselves, unless a proxy is asked that answers nobody. */
function nameOf(value: object): string {
  try {
    return Object.prototype.toString.call(value);
  } catch {
    return "[object Object]";
  }
}

/**
 * For `JSON.stringify`, which would turn NaN and the infinities into null, and refuse a bigint. Every value that it comes to adds a
 * character at least, so it looks no further than is shown: not into a list of millions, nor thousands of levels down.
 */
function asFarAsShown(): (this: unknown, key: string, value: unknown) => unknown {
  let seen = 0;
  return function (_key, value) {
    if (isList(this) && ["function", "symbol", "undefined"].includes(typeof value)) return showScalar(value);
    if (typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value))) return showScalar(value);
    if (typeof value !== "object" || value === null) return value;
    if (++seen > MAX_LENGTH) return 0;
    return isList(value) ? Array.prototype.slice.call(value, 0, MAX_LENGTH) : value;
  };
}
