/**
 * Returns the slate of a mix: the `fromTop` positions of the largest numbers, largest first, then of the smallest, smallest first,
 * as the built-in policy `mix` has it. Ties: lower position counts as larger.
 */
export function mixedSlate(numbers: readonly number[], slateSize: number, fromTop: number): number[] {
  const descending = numbers.map((_, position) => position).toSorted((a, b) => numbers[b]! - numbers[a]! || a - b);
  const size = Math.min(slateSize, numbers.length);
  const top = Math.min(fromTop, size);
  return [...descending.slice(0, top), ...descending.toReversed().slice(0, size - top)];
}
