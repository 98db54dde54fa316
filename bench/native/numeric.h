// The functions of kernel/numeric.ts: the same operations in the same order.
#pragma once
#include "vector.h"

static const double EXP[] = {
    0.5000000000000001,    0.16666666666666669,    0.04166666666662399,   0.008333333333330051,  0.0013888888917281794,
    0.00019841269863105968, 2.480152119021773e-5, 2.7557268378684192e-6, 2.7620138719733994e-7, 2.5100424157005067e-8,
};
static const double SHORT_EXP[] = {
    0.5, 0.16666666666666835, 0.04166666666666679, 0.008333333333198127, 0.0013888888888792352, 0.00019841270144086635,
    2.480158751780227e-5, 2.755704244819296e-6, 2.755712159501279e-7, 2.5162744626460177e-8, 2.0955762289494408e-9,
};
static const double LOG[] = {
    0.6666666666666735, 0.3999999999940942,  0.2857142874366239,  0.22222198432149784,
    0.1818357216161805, 0.15313837699209373, 0.14798198605116586,
};
static const double SINE[] = {
    0.07079632679489661,   -0.6459640975062443,   0.07969262624604301,  -0.004681754132340976,
    0.0001604411507421909, -3.59864335298231e-6, 5.633933781537854e-8,
};
static const double COSINE[] = {
    -1.2337005501361697,   0.2536695079010478,   -0.020863480763340773, 0.0009192602745468447,
    -2.5202039028029178e-5, 4.710678405505227e-7, -6.329396344967424e-9,
};

static const double ROUND = 6755399441055744.0;
static const double LN2_HIGH = 6.9314718036912381649e-1;
static const double LN2_LOW = 1.90821492927058770002e-10;

/** c[0] + c[2]·x + c[4]·x² + … of `terms` terms. */
static inline f64x2 everySecond(const double *c, int terms, f64x2 x) {
  f64x2 sum = both(c[2 * terms - 2]);
#pragma GCC unroll 8
  for (int i = terms - 2; i >= 0; i--) sum = sum * x + both(c[2 * i]);
  return sum;
}

/** Σ c[i]·x^i of `terms` terms, with xx = x². */
static inline f64x2 polynomial(const double *c, int terms, f64x2 x, f64x2 xx) {
  return everySecond(c + 1, terms >> 1, xx) * x + everySecond(c, (terms + 1) >> 1, xx);
}

/** e^x for |x| ≤ 708. */
static inline f64x2 exponential(f64x2 x) {
  f64x2 shifted = x * both(1.4426950408889634) + both(ROUND);
  f64x2 n = shifted - both(ROUND);
  f64x2 r = (x - n * both(LN2_HIGH)) - n * both(LN2_LOW);
  f64x2 rr = r * r;
  f64x2 power = both(1.0) + (r + rr * polynomial(EXP, 10, r, rr));
  return (f64x2)((u64x2)power + ((u64x2)shifted << 52));
}

/** e^y for |y| ≤ 1/2. */
static inline f64x2 shortExponential(f64x2 y) {
  f64x2 yy = y * y;
  return both(1.0) + (y + yy * polynomial(SHORT_EXP, 11, y, yy));
}

/** 1 / (1 + e^-x). */
static inline f64x2 logistic(f64x2 x) {
  return both(1.0) / (both(1.0) + exponential(-x));
}

/** -2·ln(v·2^-53) for v in [1, 2^53]. */
static inline f64x2 minusTwoLog53(f64x2 v) {
  u64x2 offset = (u64x2)v - 0x3fe6a09e667f3bcd;
  f64x2 exponent = (f64x2)((offset >> 52) | 0x4330000000000000) - both(4503599627370496.0 + 53.0);
  f64x2 f = (f64x2)((u64x2)v - (offset & 0xfff0000000000000)) - both(1.0);
  f64x2 s = f / (both(2.0) + f);
  f64x2 z = s * s;
  f64x2 half = (f * f) * both(0.5);
  f64x2 rest = s * (half + z * polynomial(LOG, 7, z, z * z)) + exponent * both(LN2_LOW);
  return both(-2.0) * (exponent * both(LN2_HIGH) - ((half - rest) - f));
}

/** sin(π/2·f) for |f| ≤ 1/2, with ff = f². */
static inline f64x2 sineQuarter(f64x2 f, f64x2 ff) {
  return f * polynomial(SINE, 7, ff, ff * ff) + f * both(1.5);
}

/** cos(π/2·f) for |f| ≤ 1/2, with ff = f². */
static inline f64x2 cosineQuarter(f64x2 ff) {
  return ff * polynomial(COSINE, 7, ff, ff * ff) + both(1.0);
}
