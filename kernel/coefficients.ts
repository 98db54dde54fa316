// Polynomial coefficients, interpolated at Chebyshev nodes with 60 digits; src/numeric holds the same numbers.

/** e^r = 1 + r·(c0 + c1·r + …) for |r| ≤ 2^-9. */
export const EXP: usize = memory.data<f64>([
  0.9999999999999848, 0.49999999999999745, 0.16666669845581308, 0.04166667196485763,
]);

/** 1/(1 + e^-x) = 1/2 + x·(c0 + c1·x² + …) for |x| ≤ 1/4. */
export const LOGISTIC: usize = memory.data<f64>([
  0.25, -0.02083333333332612, 0.0020833333319862147, -0.00021081340001358816, 2.135407688669298e-5,
  -2.123250693718344e-6,
]);

/** -2·ln(1 + r) = r²·(c0 + c1·r + …) - 2r for |r| ≤ 2^-8. */
export const LOG: usize = memory.data<f64>([
  1.0, -0.6666666666292468, 0.49999999996725764, -0.40000653956833937, 0.3333390554578131,
]);

/** sin(2π·t) = t·(c0 + c1·t² + c2·t⁴) for |t| ≤ 2^-9. */
export const SINE: usize = memory.data<f64>([6.283185307179586, -41.34170223977189, 81.60481036265767]);

/** cos(2π·t) = 1 + t²·(c0 + c1·t² + c2·t⁴) for |t| ≤ 2^-9. */
export const COSINE: usize = memory.data<f64>([-19.739208802178716, 64.93939402217516, -85.45647248473959]);
