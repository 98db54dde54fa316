/** Small dense matrices as lists of rows. */
export type Matrix = readonly (readonly number[])[];

export function dot(x: readonly number[], y: readonly number[]): number {
  return x.reduce((sum, value, i) => sum + value * y[i]!, 0);
}

/** precision·I + Σ weight·x·x' over the rows x. */
export function gramMatrix(rows: Matrix, weights: readonly number[], dimension: number, precision: number): number[][] {
  return Array.from({ length: dimension }, (_, i) =>
    Array.from({ length: dimension }, (__, j) =>
      rows.reduce((sum, x, row) => sum + weights[row]! * x[i]! * x[j]!, i === j ? precision : 0),
    ),
  );
}

/**
 * The lower triangle L with L·L' = matrix, for a symmetric positive definite matrix (Cholesky). Where rounding leaves nothing
 * of a pivot it is a rounding error of the diagonal.
 */
export function cholesky(matrix: Matrix): number[][] {
  const lower: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const next: number[] = [];
    for (let j = 0; j < i; j++) next.push((row[j]! - dot(next, lower[j]!.slice(0, j))) / lower[j]![j]!);
    next.push(Math.sqrt(Math.max(row[i]! - dot(next, next), row[i]! * 2 ** -52)));
    lower.push(next);
  }
  return lower;
}

/** y with L·y = x. */
export function solveLower(lower: Matrix, x: readonly number[]): number[] {
  const y: number[] = [];
  for (const [i, row] of lower.entries()) y.push((x[i]! - dot(y, row)) / row[i]!);
  return y;
}

/** y with L'·y = x. */
export function solveUpper(lower: Matrix, x: readonly number[]): number[] {
  const y = [...x];
  for (let i = lower.length - 1; i >= 0; i--) {
    y[i] = y[i]! / lower[i]![i]!;
    for (let j = 0; j < i; j++) y[j]! -= lower[i]![j]! * y[i]!;
  }
  return y;
}

/** x with matrix·x = right, for a symmetric positive definite matrix. */
export function solvePositive(matrix: Matrix, right: readonly number[]): number[] {
  const lower = cholesky(matrix);
  return solveUpper(lower, solveLower(lower, right));
}
