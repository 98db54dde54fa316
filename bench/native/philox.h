// Philox4x32-10 with the counters of the kernel, four users at a time; what the first rounds owe to user and block alone is
// done once for a tile, as in kernel/philox.ts.
#pragma once
#include "vector.h"

enum { TILE = 64, BLOCKS = 4, ROUNDS = 10 };

static const uint32_t M0 = 0xd2511f53;
static const uint32_t M1 = 0xcd9e8d57;

typedef struct {
  u32x4 high;
  u32x4 low;
} Product;

/** The blocks that a step draws, and their words. */
typedef struct {
  uint32_t blocks[BLOCKS];
  uint32_t keys[ROUNDS][2];
  /** Round 1 of the user's own word, the same for every block. */
  uint32_t openedUser[TILE] __attribute__((aligned(16)));
  /** Words 2 and 3 after round 2, but for the step. */
  uint32_t opened[BLOCKS][2][TILE] __attribute__((aligned(16)));
  /** High and low words of the product of `meet`. */
  uint32_t met[2][TILE] __attribute__((aligned(16)));
  uint32_t words[BLOCKS][4][TILE] __attribute__((aligned(16)));
} Generator;

static inline Product multiply(u32x4 x, uint32_t m) {
  const u64x2 lower = {0xffffffff, 0xffffffff};
  __m128i factor = (__m128i)fourfold(m);
  u64x2 even = (u64x2)_mm_mul_epu32((__m128i)x, factor);
  u64x2 odd = (u64x2)_mm_mul_epu32((__m128i)((u64x2)x >> 32), factor);
  return (Product){(u32x4)((even >> 32) | (odd & ~lower)), (u32x4)((even & lower) | (odd << 32))};
}

static inline uint32_t highWord(uint64_t x) {
  return x >> 32;
}

static void setKey(Generator *generator, uint32_t key0, uint32_t key1) {
  for (uint32_t round = 0; round < ROUNDS; round++) {
    generator->keys[round][0] = key0 + 0x9e3779b9 * round;
    generator->keys[round][1] = key1 + 0xbb67ae85 * round;
  }
}

/** Second-round product of the block's own half of the counter: no user, no step in it. */
static inline uint64_t blockProduct(const Generator *generator, uint32_t block) {
  return (uint64_t)(highWord((uint64_t)block * M0) ^ generator->keys[0][1]) * M1;
}

static void openBlocks(Generator *generator, uint32_t firstUser, int blocks) {
  const uint32_t(*keys)[2] = generator->keys;
  for (int i = 0; i < TILE; i += 4) {
    u32x4 users = fourfold(firstUser + i) + (u32x4){0, 1, 2, 3};
    Product user = multiply(users, M1);
    storeWords(generator->openedUser + i, user.high ^ keys[0][0]);
    for (int b = 0; b < blocks; b++) {
      uint32_t q = highWord(blockProduct(generator, generator->blocks[b]));
      Product p = multiply(user.low ^ q ^ keys[1][0], M0);
      storeWords(generator->opened[b][0] + i, p.high ^ keys[2][1]);
      storeWords(generator->opened[b][1] + i, p.low);
    }
  }
}

static inline void doRound(u32x4 counter[4], const uint32_t key[2]) {
  Product p = multiply(counter[0], M0);
  Product q = multiply(counter[2], M1);
  counter[0] = q.high ^ counter[1] ^ key[0];
  counter[1] = q.low;
  counter[2] = p.high ^ counter[3] ^ key[1];
  counter[3] = p.low;
}

/** The second-round product that user and step share, whatever the block. */
static void meet(Generator *generator, uint32_t step) {
  for (int i = 0; i < TILE; i += 4) {
    Product p = multiply(loadWords(generator->openedUser + i) ^ step, M0);
    storeWords(generator->met[0] + i, p.high);
    storeWords(generator->met[1] + i, p.low);
  }
}

/** Eight users share one loop body: their rounds overlap. */
static void drawBlock(Generator *generator, int b) {
  const uint32_t(*keys)[2] = generator->keys;
  uint32_t block = generator->blocks[b];
  uint32_t own = blockProduct(generator, block);
  for (int i = 0; i < TILE; i += 8) {
    u32x4 counters[2][4];
    for (int half = 0; half < 2; half++) {
      int at = i + 4 * half;
      Product p = multiply(loadWords(generator->met[0] + at) ^ (block * M0) ^ keys[1][1], M1);
      counters[half][0] = p.high ^ own ^ keys[2][0];
      counters[half][1] = p.low;
      counters[half][2] = loadWords(generator->opened[b][0] + at) ^ loadWords(generator->met[1] + at);
      counters[half][3] = loadWords(generator->opened[b][1] + at);
    }
#pragma GCC unroll 10
    for (int round = 3; round < ROUNDS; round++) {
      for (int half = 0; half < 2; half++) doRound(counters[half], keys[round]);
    }
    for (int half = 0; half < 2; half++) {
      for (int word = 0; word < 4; word++) storeWords(generator->words[b][word] + i + 4 * half, counters[half][word]);
    }
  }
}

/** The words of the first `blocks` blocks at one step. */
static void draw(Generator *generator, int blocks, uint32_t step) {
  meet(generator, step);
  for (int b = 0; b < blocks; b++) drawBlock(generator, b);
}
