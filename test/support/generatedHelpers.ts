// What every generated world file begins with: imports, and functions that keep numbers small.
import { BUILT_IN_FUNCTIONS } from "../../src/compiler/program.js";

export const HEAD = `import { Draws, Vector, vector, multinomialLogit, multinomialProportional, exponentialCascade, proportionalCascade, ${BUILT_IN_FUNCTIONS.join(", ")} } from "slatesim/world";
import { f64, i32 } from "slatesim/world";
import type { bool } from "slatesim/world";
`;

export const HELPERS = `function bounded(x: f64): f64 {
  return x > -1000 && x < 1000 ? x : 0.5;
}
function small(n: f64): i32 {
  return i32(n % 40);
}
function within(n: f64, length: i32): i32 {
  return i32(abs(i32(n)) % length);
}
function clamp(x: f64, max: i32, isOn: bool): f64 {
  return isOn ? Math.max(0, Math.min(x, max)) : x;
}
function sumOf(list: Vector, factor: f64): f64 {
  let sum = 0.0;
  for (let i = 0; i < list.length; i++) {
    if (list[i] > 900) continue;
    sum += list[i] * factor;
    if (sum < -500) break;
  }
  return sum;
}
function fill(list: Vector, draws: Draws): void {
  for (let i = 0; i < list.length; i++) list[i] = draws.normal();
}
function noise(draws: Draws, size: f64): f64 {
  const first = draws.normal();
  return first * size + draws.uniform();
}
function early(draws: Draws, least: i32): f64 {
  const first = draws.uniform();
  if (first < 0.5) return first;
  return f64(draws.integer(7)) + least;
}
`;
