/** c[0] + c[1]·x + … summed as odd(x²)·x + even(x²), the order that the kernel uses too. */
export function polynomial(coefficients: readonly number[], x: number, xx: number): number {
  const last = coefficients.length - 1;
  return everySecond(coefficients, last - ((last + 1) % 2), xx) * x + everySecond(coefficients, last - (last % 2), xx);
}

/** Horner's rule over every second coefficient, from `last` down. */
function everySecond(coefficients: readonly number[], last: number, x: number): number {
  let sum = coefficients[last]!;
  for (let i = last - 2; i >= 0; i -= 2) sum = sum * x + coefficients[i]!;
  return sum;
}
