import { escapeControls } from "./escapeControls.js";

/** Longer values are cut: the message should stay readable when a whole corpus was passed by mistake. */
const LONGEST = 80;

/** A value as its owner would write it: strings quoted, `NaN`, `-0` and `5n` as such, objects as JSON; safe to print. */
export function showValue(value: unknown): string {
  const text = typeof value === "object" && value !== null ? showObject(value) : showScalar(value);
  return text.length > LONGEST ? `${escapeControls(cut(text))}…` : escapeControls(text);
}

/** Not between the halves of a surrogate pair. */
function cut(text: string): string {
  return text.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, "");
}

function showScalar(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  return Object.is(value, -0) ? "-0" : String(value);
}

function showObject(value: object): string {
  try {
    return JSON.stringify(value, keepScalar) ?? Object.prototype.toString.call(value);
  } catch {
    return showKind(value); // a cycle, too many levels, or a toJSON that throws
  }
}

function showKind(value: object): string {
  try {
    return Object.prototype.toString.call(value);
  } catch {
    return "an object"; // its Symbol.toStringTag throws
  }
}

/** JSON would turn NaN and the infinities into null, and refuse a bigint. */
function keepScalar(_key: string, value: unknown): unknown {
  const lost = typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value));
  return lost ? showScalar(value) : value;
}
