/** A column of which less than this share is left beside the columns before it counts as one of their combinations. */
const LEAST_PIVOT = 1e-11;

/**
 * Solves the normal equations of a least-squares fit: `gram` is the lower triangle of XᵀX, row by row, and `products` is Xᵀy. By Cholesky
 * factorization of the matrix scaled to ones on its diagonal. The coefficient of a column that depends on earlier ones is 0.
 */
export function solveNormalEquations(gram: Float64Array, products: Float64Array): Float64Array {
  const { length: size } = products;
  const factor = new Float64Array(gram.length);
  const scale = products.map((_, i) => {
    const square = gram[rowStart(i) + i]!;
    return square > 0 ? 1 / Math.sqrt(square) : 0;
  });
  const solution = products.map((product, i) => product * scale[i]!);
  for (let i = 0; i < size; i++) {
    const row = rowStart(i);
    for (let j = 0; j <= i; j++) {
      const column = rowStart(j);
      let rest = gram[row + j]! * scale[i]! * scale[j]!;
      for (let k = 0; k < j; k++) rest -= factor[row + k]! * factor[column + k]!;
      if (j < i) factor[row + j] = factor[column + j] === 0 ? 0 : rest / factor[column + j]!;
      else factor[row + i] = rest > LEAST_PIVOT ? Math.sqrt(rest) : 0;
    }
  }
  substitute(factor, solution);
  return solution.map((value, i) => value * scale[i]!);
}

/** Solves L·Lᵀ·x = b in place, x being 0 where L has 0 on its diagonal. */
function substitute(factor: Float64Array, x: Float64Array): void {
  for (let i = 0; i < x.length; i++) {
    const row = rowStart(i);
    for (let k = 0; k < i; k++) x[i]! -= factor[row + k]! * x[k]!;
    x[i] = quotient(x[i]!, factor[row + i]!);
  }
  for (let i = x.length - 1; i >= 0; i--) {
    for (let k = i + 1; k < x.length; k++) x[i]! -= factor[rowStart(k) + i]! * x[k]!;
    x[i] = quotient(x[i]!, factor[rowStart(i) + i]!);
  }
}

function quotient(a: number, b: number): number {
  return b === 0 ? 0 : a / b;
}

/** Where a row of the lower triangle begins. */
export function rowStart(row: number): number {
  return (row * (row + 1)) / 2;
}
