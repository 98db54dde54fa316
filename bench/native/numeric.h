// The functions of kernel/numeric.ts: the same operations in the same order. The bench writes tables.h when it compiles.
#pragma once
#include "tables.h"
#include "vector.h"

static const double EXP[] = {0.9999999999999848, 0.49999999999999745, 0.16666669845581308, 0.04166667196485763};
static const double LOGISTIC[] = {
    0.25, -0.02083333333332612, 0.0020833333319862147, -0.00021081340001358816, 2.135407688669298e-5, -2.123250693718344e-6,
};
static const double LOG[] = {1.0, -0.6666666666292468, 0.49999999996725764, -0.40000653956833937, 0.3333390554578131};
static const double SINE[] = {6.283185307179586, -41.34170223977189, 81.60481036265767};
static const double COSINE[] = {-19.739208802178716, 64.93939402217516, -85.45647248473959};

static const double ROUND = 6755399441055744.0;
/** Half an entry below the first of LOGS, and that one itself. */
static const uint64_t FIRST_ENTRY_EDGE = 0x3fe6980000000000;
static const uint64_t FIRST_ENTRY = 0x3fe6a00000000000;

/** c[0] + c[2]·x + c[4]·x² of `terms` terms. */
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

static inline f64x2 quadratic(const double *c, f64x2 x) {
  return (both(c[2]) * x + both(c[1])) * x + both(c[0]);
}

/** entry·e^r for |r| ≤ 2^-9. */
static inline f64x2 timesExponential(f64x2 entry, f64x2 r) {
  return entry * (r * polynomial(EXP, 4, r, r * r)) + entry;
}

/** e^x for |x| ≤ 708. */
static inline f64x2 exponential(f64x2 x) {
  f64x2 shifted = x * both(369.3299304675746) + both(ROUND);
  u64x2 number = (u64x2)shifted;
  f64x2 power = {POWERS[(uint8_t)number[0]], POWERS[(uint8_t)number[1]]};
  f64x2 n = shifted - both(ROUND);
  f64x2 r = (x - n * both(0.00270760617331689)) - n * both(7.453964567463233e-13);
  return (f64x2)((u64x2)timesExponential(power, r) + ((number & ~0xffull) << 44));
}

/** e^(1/2 - k) for the fractions k of two words, whose top bytes are the entries. */
static inline f64x2 expHalfLess(const uint32_t *words) {
  f64x2 weight = {WEIGHTS[words[0] >> 24], WEIGHTS[words[1] >> 24]};
  f64x2 below = asDoubles(wordPair(words) & 0x00ffffff, 0x41300000);
  return timesExponential(weight, both(0x1p20 + 0x1p-9) - below);
}

/** 1 / (1 + e^-x). */
static inline f64x2 logistic(f64x2 x) {
  f64x2 xx = x * x;
  f64x2 near = x * polynomial(LOGISTIC, 6, xx, xx * xx) + both(0.5);
  i64x2 far = magnitude(x) > both(0.25);
  if (!isAny(far)) return near;
  return pick(both(1.0) / (both(1.0) + exponential(-x)), near, far);
}

/** -2·ln(v·2^-53) for v in [1, 2^53]: v = 2^e·(a + d) with a an entry of LOGS, r = d/a. */
static inline f64x2 minusTwoLog53(f64x2 v) {
  u64x2 offset = (u64x2)v - FIRST_ENTRY_EDGE;
  f64x2 first = load(LOGS[(uint8_t)(offset[0] >> 44)]);
  f64x2 second = load(LOGS[(uint8_t)(offset[1] >> 44)]);
  f64x2 exponent = (f64x2)((offset >> 52) | 0x4330000000000000) - both(4503599627370496.0 + 53.0);
  f64x2 mantissa = (f64x2)((u64x2)v - (offset & 0xfff0000000000000));
  f64x2 entry = (f64x2)((offset & 0x000ff00000000000) + FIRST_ENTRY);
  f64x2 r = (mantissa - entry) * firsts(first, second);
  f64x2 start = exponent * both(-1.3862943611198906) + seconds(first, second);
  f64x2 rr = r * r;
  return (rr * polynomial(LOG, 5, r, rr) - (r + r)) + start;
}
