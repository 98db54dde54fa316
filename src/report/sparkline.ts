const BARS = "▁▂▃▄▅▆▇█";

/**
 * Returns a row of bars from the smallest value to the largest, at most `width` of them: neighbours are averaged to fit.
 * The scale is the values' own range, so print the ends beside it. Equal values give bars of middle height.
 */
export function sparkline(values: readonly number[], width: number): string {
  const heights = squeeze(values, width);
  const low = Math.min(...heights);
  const range = Math.max(...heights) - low;
  return heights.map((height) => bar(range > 0 ? (height - low) / range : 0.5)).join("");
}

/** A height in [0, 1] as a bar. */
function bar(height: number): string {
  return BARS[Math.min(Math.floor(height * BARS.length), BARS.length - 1)]!;
}

function squeeze(values: readonly number[], width: number): number[] {
  const count = Math.min(values.length, width);
  return Array.from({ length: count }, (_, bin) => {
    const from = Math.floor((bin * values.length) / count);
    const to = Math.floor(((bin + 1) * values.length) / count);
    return mean(values.slice(from, to));
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
