// The kernel's rollout in C, with its prose equations, default parameters and random numbers, and so with its bits: stages over
// tiles of 64 users, two f64 in a 128-bit vector. No digest, no series.
//
//     rollout first|top firstUser users key0 key1
//
// lives whole tiles of users and prints the sum of their total engagement, the sum of its squares, and their CPU time in seconds.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "numeric.h"
#include "philox.h"

enum { STEPS = 60, SLATE = 3, CANDIDATES = 10, START = 0x30000000 };
/** In the order of the generator's blocks: the normals, the choice and three documents, four documents, three documents. */
enum { NORMALS = 0, CHOICE = 1, MORE = 2 };

#define ROW __attribute__((aligned(16)))

typedef struct {
  ROW double exposure[TILE];
  ROW double satisfaction[TILE];
  ROW double totals[TILE];
  ROW uint32_t ranked[SLATE][TILE];
  ROW double clicked[TILE];
  ROW double engagementNormals[TILE];
  ROW double innovationNormals[TILE];
} Tile;

typedef const uint32_t (*Slate)[TILE];

static Generator world = {.blocks = {1, 0, 2, 3}};
static Generator starts = {.blocks = {START}};
static Tile tile;

static inline f64x2 satisfactionOf(f64x2 exposure) {
  return logistic(exposure * both(0.01));
}

/** The state at step 0. */
static void openTile(uint32_t firstUser) {
  openBlocks(&starts, firstUser, 1);
  draw(&starts, 1, 0);
  for (int i = 0; i < TILE; i += 2) {
    f64x2 exposure = (midpoints(wordPair(starts.words[0][0] + i)) - both(0.5)) * both(1 / (1 - 0.9));
    store(tile.exposure + i, exposure);
    store(tile.satisfaction + i, satisfactionOf(exposure));
    store(tile.totals + i, both(0));
  }
}

/** The rows of words from which the ten documents are made. */
static inline const uint32_t *document(int position) {
  return position < 3 ? world.words[CHOICE][1 + position] : world.words[MORE + (position - 3) / 4][(position - 3) % 4];
}

/** The largest three words, falling. */
static void rank(void) {
  for (int i = 0; i < TILE; i += 4) {
    u32x4 best[SLATE] = {fourfold(0), fourfold(0), fourfold(0)};
#pragma GCC unroll 10
    for (int position = 0; position < CANDIDATES; position++) {
      u32x4 rest = loadWords(document(position) + i);
      for (int slot = 0; slot < SLATE; slot++) {
        u32x4 larger = largerWords(best[slot], rest);
        rest = smallerWords(best[slot], rest);
        best[slot] = larger;
      }
    }
    for (int slot = 0; slot < SLATE; slot++) storeWords(tile.ranked[slot] + i, best[slot]);
  }
}

/** sqrt(-2·ln u), u = (2^53 - (high, low))·2^-53 in (0, 1]. */
static inline f64x2 radius(u32x4 high, u32x4 low) {
  f64x2 v = (both(0x1p73 + 0x1p53 + 0x1p52) - asDoubles(high, 0x44800000)) - asDoubles(low >> 11, 0x43300000);
  return squareRoot(minusTwoLog53(v));
}

/** Turns from the nearest entry of CIRCLE, in [-2^-9, 2^-9). */
static inline f64x2 beyondEntry(u32x4 high, u32x4 low) {
  f64x2 coarse = asDoubles((high + 0x00800000) & 0x00ffffff, 0x41300000);
  return (coarse - both(0x1p20 + 0x1p-9 + 0.5)) + asDoubles(low >> 11, 0x3fe00000);
}

/** Cosine and sine at the entry nearest to an angle. */
static inline f64x2 nearestEntry(uint32_t high) {
  return load(CIRCLE[(high + 0x00800000) >> 24]);
}

static void drawNormals(void) {
  const uint32_t(*words)[TILE] = world.words[NORMALS];
  for (int i = 0; i < TILE; i += 2) {
    f64x2 first = nearestEntry(words[2][i]);
    f64x2 second = nearestEntry(words[2][i + 1]);
    f64x2 c = firsts(first, second);
    f64x2 s = seconds(first, second);
    f64x2 t = beyondEntry(wordPair(words[2] + i), wordPair(words[3] + i));
    f64x2 tt = t * t;
    f64x2 sine = t * quadratic(SINE, tt);
    f64x2 lessCosine = tt * quadratic(COSINE, tt);
    f64x2 r = radius(wordPair(words[0] + i), wordPair(words[1] + i));
    store(tile.engagementNormals + i, r * (c + (c * lessCosine - s * sine)));
    store(tile.innovationNormals + i, r * (s + (s * lessCosine + c * sine)));
  }
}

static void choose(Slate slate) {
  for (int i = 0; i < TILE; i += 2) {
    f64x2 k0 = fractions(wordPair(slate[0] + i));
    f64x2 k1 = fractions(wordPair(slate[1] + i));
    f64x2 k2 = fractions(wordPair(slate[2] + i));
    f64x2 sum0 = expHalfLess(slate[0] + i);
    f64x2 sum1 = sum0 + expHalfLess(slate[1] + i);
    f64x2 point = midpoints(wordPair(world.words[CHOICE][0] + i)) * (sum1 + expHalfLess(slate[2] + i));
    store(tile.clicked + i, pick(k2, pick(k1, k0, point >= sum0), point >= sum1));
  }
}

static void respond(void) {
  for (int i = 0; i < TILE; i += 2) {
    f64x2 k = load(tile.clicked + i);
    f64x2 rest = both(1) - k;
    f64x2 mean = load(tile.satisfaction + i) * (k * both(4) + rest * both(5));
    f64x2 engagement = exponential((k + rest) * load(tile.engagementNormals + i) + mean);
    f64x2 drift = both(2) * (k - both(0.5));
    f64x2 kept = load(tile.exposure + i) * both(0.9) + drift;
    f64x2 exposure = load(tile.innovationNormals + i) * both(0.05) + kept;
    store(tile.totals + i, load(tile.totals + i) + engagement);
    store(tile.exposure + i, exposure);
    store(tile.satisfaction + i, satisfactionOf(exposure));
  }
}

static void liveTile(uint32_t firstUser, int top) {
  int blocks = top ? 4 : 2;
  openTile(firstUser);
  openBlocks(&world, firstUser, blocks);
  for (uint32_t step = 0; step < STEPS; step++) {
    draw(&world, blocks, step);
    if (top) rank();
    drawNormals();
    choose(top ? tile.ranked : world.words[CHOICE] + 1);
    respond();
  }
}

int main(int count, char **words) {
  if (count != 6) return 2;
  clock_t start = clock();
  int top = strcmp(words[1], "top") == 0;
  uint32_t firstUser = strtoul(words[2], NULL, 10);
  uint32_t users = strtoul(words[3], NULL, 10);
  setKey(&world, strtoul(words[4], NULL, 10), strtoul(words[5], NULL, 10));
  memcpy(starts.keys, world.keys, sizeof world.keys);
  double sum = 0;
  double sumOfSquares = 0;
  for (uint32_t done = 0; done < users; done += TILE) {
    liveTile(firstUser + done, top);
    for (int i = 0; i < TILE; i++) {
      sum += tile.totals[i];
      sumOfSquares += tile.totals[i] * tile.totals[i];
    }
  }
  printf("%.17g %.17g %.6f\n", sum, sumOfSquares, (double)(clock() - start) / CLOCKS_PER_SEC);
  return 0;
}
