import { seedText } from "../random/seedKey.js";
import { parseNumber } from "../check/parseNumber.js";

/**
 * Returns the text of a seed as it was typed: that of a number if it reads as one, so that 1, 1.0, 01 and 1e0 are the same seed as
 * the API's number 1. Digits that a double cannot hold exactly stay a text, because two such may round to one number.
 */
export function readSeed(text: string): string {
  const number = parseNumber(text);
  if (number === undefined || !Number.isFinite(number)) return text;
  const seed = seedText(number);
  return digitsOf(seed) === digitsOf(text) ? seed : text;
}

/** Sign, digits and power of ten of a decimal number, without the zeros at either end. */
function digitsOf(decimal: string): string {
  const [, sign, whole = "", fraction = "", power = "0"] = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(decimal)!;
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  const exponent = Number(power) - fraction.length + digits.length - significant.length;
  return `${sign === "-" ? "-" : ""}${significant}e${exponent}`;
}
