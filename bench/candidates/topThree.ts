/**
 * Writes the positions, counted from `start`, of the three largest values from `start` to `end` into `slates[slot]`,
 * `slates[slot + 1]` and `slates[slot + 2]`, falling.
 */
export function writeTopThree(
  values: Float64Array,
  start: number,
  end: number,
  slates: Int32Array,
  slot: number,
): void {
  let [a, b, c] = [-1, -1, -1];
  let [first, second, third] = [0, 0, 0];
  for (let at = start, position = 0; at < end; at++, position++) {
    const value = values[at]!;
    if (value <= c) continue;
    if (value <= b) {
      c = value;
      third = position;
      continue;
    }
    c = b;
    third = second;
    if (value <= a) {
      b = value;
      second = position;
      continue;
    }
    b = a;
    second = first;
    a = value;
    first = position;
  }
  slates[slot] = first;
  slates[slot + 1] = second;
  slates[slot + 2] = third;
}
