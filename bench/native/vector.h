// Names for the few 128-bit operations that the model's formulas use, as in kernel/vector.ts: two f64 lanes are two users.
#pragma once
#include <immintrin.h>
#include <stdint.h>
#include <string.h>

typedef double f64x2 __attribute__((vector_size(16)));
typedef uint64_t u64x2 __attribute__((vector_size(16)));
typedef int64_t i64x2 __attribute__((vector_size(16)));
typedef uint32_t u32x4 __attribute__((vector_size(16)));

static inline f64x2 both(double x) {
  return (f64x2){x, x};
}

static inline u32x4 fourfold(uint32_t word) {
  return (u32x4){word, word, word, word};
}

static inline f64x2 load(const double *at) {
  return *(const f64x2 *)at;
}

static inline void store(double *at, f64x2 x) {
  *(f64x2 *)at = x;
}

static inline u32x4 loadWords(const uint32_t *at) {
  return *(const u32x4 *)at;
}

static inline void storeWords(uint32_t *at, u32x4 words) {
  *(u32x4 *)at = words;
}

/** Two neighbouring words in the low half of a vector. */
static inline u32x4 wordPair(const uint32_t *at) {
  return (u32x4)_mm_loadl_epi64((const __m128i *)at);
}

static inline f64x2 squareRoot(f64x2 x) {
  return (f64x2)_mm_sqrt_pd((__m128d)x);
}

static inline f64x2 magnitude(f64x2 x) {
  return (f64x2)_mm_andnot_pd(_mm_set1_pd(-0.0), (__m128d)x);
}

static inline u32x4 largerWords(u32x4 a, u32x4 b) {
  return (u32x4)_mm_max_epu32((__m128i)a, (__m128i)b);
}

static inline u32x4 smallerWords(u32x4 a, u32x4 b) {
  return (u32x4)_mm_min_epu32((__m128i)a, (__m128i)b);
}

/** Takes `a` where the mask is ones and `b` where it is zeros. */
static inline f64x2 pick(f64x2 a, f64x2 b, i64x2 mask) {
  return (f64x2)_mm_blendv_pd((__m128d)b, (__m128d)a, (__m128d)mask);
}

static inline int isAny(i64x2 mask) {
  return _mm_movemask_pd((__m128d)mask) != 0;
}

/** The lower lanes of two vectors. */
static inline f64x2 firsts(f64x2 a, f64x2 b) {
  return (f64x2)_mm_unpacklo_pd((__m128d)a, (__m128d)b);
}

/** The upper lanes of two vectors. */
static inline f64x2 seconds(f64x2 a, f64x2 b) {
  return (f64x2)_mm_unpackhi_pd((__m128d)a, (__m128d)b);
}

/** Makes two words the low halves of two doubles whose high half is `high`. */
static inline f64x2 asDoubles(u32x4 words, uint32_t high) {
  return (f64x2)_mm_unpacklo_epi32((__m128i)words, (__m128i)fourfold(high));
}

/** word·2^-32, in [0, 1). */
static inline f64x2 fractions(u32x4 words) {
  return asDoubles(words, 0x41300000) - both(0x1p20);
}

/** (word + 1/2)·2^-32, in (0, 1). */
static inline f64x2 midpoints(u32x4 words) {
  return asDoubles(words, 0x41300000) - both(0x1p20 - 0x1p-33);
}
