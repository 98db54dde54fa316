const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const WORD = /^([+-]?Infinity|NaN)$/;

/**
 * Reads a decimal number, an infinity or NaN, else returns undefined: no hexadecimal, no blanks, no empty text.
 * Accepts the infinities and NaN so that the API refuses them with its own rule.
 */
export function parseNumber(text: string): number | undefined {
  return DECIMAL.test(text) || WORD.test(text) ? Number(text) : undefined;
}
