import { WordSource } from "../random/address.js";
import { Draws } from "../random/draws.js";
import { seedKey } from "../random/seedKey.js";

/**
 * Components 21 to 84 of the generating vector exod2_base2_m20, for any power of two of up to 2^20 points: R. Cools, F. Y. Kuo and
 * D. Nuyens, "Constructing embedded lattice rules for multivariate integration", SIAM J. Sci. Comput. 28 (2006), 2162-2188. With the
 * first ones the errors of ordered candidates were five times as large.
 */
const GENERATOR = [
  106383, 238523, 413283, 70841, 47719, 300129, 113029, 123925, 410745, 211325, 17489, 511893, 40767, 186077, 519471,
  255369, 101819, 243573, 66189, 152143, 503455, 113217, 132603, 463967, 297717, 157383, 224015, 502917, 36237, 94049,
  170665, 79397, 123963, 223451, 323871, 303633, 98567, 318855, 494245, 477137, 177975, 64483, 26695, 88779, 94497,
  239429, 381007, 110205, 339157, 73397, 407559, 181791, 442675, 301397, 32569, 147737, 189949, 138655, 350241, 63371,
  511925, 515861, 434045, 383435,
];

/** A stream of its own: the shifts do not depend on anybody's seed. */
const KEY = seedKey("solve");
const LEAST = 2 ** -53;

/**
 * Returns `count` (a power of two) points of a lattice in (0, 1)^dimensions, [point][dimension], moved by a random shift and folded
 * by the tent map, which makes the error of smooth integrands fall with the square of `count`. Replicates have independent shifts, so
 * that their spread measures the error. Coordinates after the 64th are independent uniforms.
 */
export function shiftedLattice(count: number, dimensions: number, replicate: number): Float64Array {
  const points = new Float64Array(count * dimensions);
  const shifts = new Draws(new WordSource(KEY, 0, replicate), 0);
  for (let d = 0; d < dimensions; d++) {
    const generator = GENERATOR[d];
    const shift = shifts.uniform();
    const others = new Draws(new WordSource(KEY, 1 + d, replicate), 0);
    for (let point = 0; point < count; point++) {
      const u = generator === undefined ? others.uniform() : (((point * generator) % count) / count + shift) % 1;
      const folded = u < 0.5 ? 2 * u : 2 - 2 * u;
      points[point * dimensions + d] = Math.min(Math.max(folded, LEAST), 1);
    }
  }
  return points;
}
