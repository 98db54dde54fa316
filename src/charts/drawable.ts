import { formatNumber } from "../report/formatNumber.js";

/** Numbers beyond it are not drawn, and those nearer to zero than its inverse are drawn as zero: scales would overflow. */
const GREATEST = 1e100;
/** Extents that are smaller than this share of their ends are drawn as one place. */
const SMALLEST_EXTENT = 1e-9;

/** Returns the number as it can be drawn; NaN leaves a gap. */
export function drawable(value: number): number {
  if (Math.abs(value) < 1 / GREATEST) return 0;
  return Math.abs(value) <= GREATEST ? value : NaN;
}

/** Returns the ends of an axis that has room for all of the values; those that cannot be drawn do not count. */
export function domainOf(values: readonly number[]): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values.map(drawable).filter((each) => !Number.isNaN(each))) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  const greatest = Math.max(Math.abs(low), Math.abs(high));
  if (high - low > SMALLEST_EXTENT * greatest) return [low, high];
  const room = greatest === 0 ? 1 : greatest / 20;
  return [low - room, high + room];
}

/** Returns the text at a tick of an axis, at most nine characters long. */
export function tickText(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size >= 1e7 || size < 1e-4))
    return String(Number(value.toPrecision(3)).toExponential()).replace("e+", "e");
  const rounded = String(Number(value.toPrecision(5)));
  return formatNumber(Number(rounded), rounded.split(".")[1]?.length ?? 0);
}

/** Returns at most `most` places of `length`, evenly spaced, the first and the last among them. */
export function evenPlaces(length: number, most: number): number[] {
  const count = Math.min(length, most);
  return Array.from({ length: count }, (_, i) => (count === 1 ? 0 : Math.round((i * (length - 1)) / (count - 1))));
}
