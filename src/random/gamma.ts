import { log } from "../numeric/log.js";
import type { Draws } from "./draws.js";

/**
 * Gamma distributed with that shape and scale 1, for finite shape ≥ 1: Marsaglia and Tsang, "A simple method for generating
 * gamma variables", ACM TOMS 26 (2000), without the squeeze. About one try in twenty is thrown away at shape 1, fewer above.
 */
export function gammaDraw(shape: number, draws: Draws): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = draws.normal();
    const u = 1 - draws.uniform();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (log(u) < 0.5 * x * x + d - d * v + d * log(v)) return d * v;
  }
}

/** Beta distributed, in (0, 1), for finite alpha, beta ≥ 1: a gamma's share of two. */
export function betaDraw(alpha: number, beta: number, draws: Draws): number {
  const successes = gammaDraw(alpha, draws);
  return successes / (successes + gammaDraw(beta, draws));
}
