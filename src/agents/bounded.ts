const MAX_NUMBER = 1e60;

/** Returns the number, or ±1e60 for one further from 0: sums of products of what agents see stay finite. */
export function bounded(number: number): number {
  return Math.max(-MAX_NUMBER, Math.min(MAX_NUMBER, number));
}
