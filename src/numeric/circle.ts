import { CIRCLE } from "./tables.js";

/** A point on the unit circle. */
export interface CirclePoint {
  readonly cosine: number;
  readonly sine: number;
}

/** The point at entry/256 + beyond turns, |beyond| ≤ 2^-9: the cosine of up to an eighth of a turn at most 1 ulp off, the sine 2. */
export function circlePoint(entry: number, beyond: number): CirclePoint {
  const c = CIRCLE[2 * entry]!;
  const s = CIRCLE[2 * entry + 1]!;
  const square = beyond * beyond;
  const sine = beyond * quadratic(6.283185307179586, -41.34170223977189, 81.60481036265767, square);
  const lessCosine = square * quadratic(-19.739208802178716, 64.93939402217516, -85.45647248473959, square);
  return { cosine: c + (c * lessCosine - s * sine), sine: s + (s * lessCosine + c * sine) };
}

function quadratic(c0: number, c1: number, c2: number, x: number): number {
  return (c2 * x + c1) * x + c0;
}
