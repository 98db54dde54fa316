import { meanInterval } from "../numeric/moments.js";

/** A number, and how far it may be off: 95 % of the errors are smaller. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** Mean of independent replicates, with half of Student's 95 % interval. */
export function estimateOf(replicates: readonly number[]): Estimate {
  const count = replicates.length;
  const value = replicates.reduce((sum, x) => sum + x, 0) / count;
  const squares = replicates.reduce((sum, x) => sum + (x - value) ** 2, 0);
  const standardError = Math.sqrt(squares / (count - 1) / count);
  const [, high] = meanInterval(value, standardError, count);
  return { value, error: high - value };
}
