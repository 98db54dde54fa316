const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const WORD = /^([+-]?Infinity|NaN)$/;

/**
 * A decimal number, an infinity or NaN, else undefined: no hexadecimal, no blanks, no empty text.
 * The infinities and NaN are let through so that the door behind answers with its own rule.
 */
export function parseNumber(text: string): number | undefined {
  return DECIMAL.test(text) || WORD.test(text) ? Number(text) : undefined;
}
