import { log } from "../numeric/log.js";
import type { Draws } from "../random/draws.js";

/** Uniform between finite bounds, exponential (mean 1) away from a single one, standard normal without any. */
export function drawBetween(low: number, high: number, draws: Draws): number {
  const [closedBelow, closedAbove] = [Number.isFinite(low), Number.isFinite(high)];
  if (closedBelow && closedAbove) {
    const u = draws.uniform();
    const between = low * (1 - u) + high * u; // their difference might overflow
    return Math.max(low, Math.min(high, between)); // and their sum be rounded past one of them
  }
  if (closedBelow) return low - log(1 - draws.uniform());
  if (closedAbove) return high + log(1 - draws.uniform());
  return draws.normal();
}

/** Draws a whole number: uniform between finite bounds. There is one between the bounds. */
export function drawIntegerBetween(low: number, high: number, draws: Draws): number {
  const [first, last] = [Math.ceil(low), Math.floor(high)];
  const count = last - first + 1;
  if (Number.isSafeInteger(count)) return first + Math.floor(draws.uniform() * count) + 0;
  const drawn = Math.floor(drawBetween(first, last, draws));
  return Math.max(first, Math.min(last, drawn)) + 0;
}
