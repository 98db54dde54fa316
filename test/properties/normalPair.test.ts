import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { POLICY_STREAM, wordSource } from "../../src/random/address.js";
import { normalPair } from "../../src/random/normalPair.js";
import { seedKey } from "../../src/random/seedKey.js";

const PAIRS = 1_000_000;

/** Mean of a function of independent pairs, in standard errors from what it should be. */
class Figure {
  private sum = 0;
  private sumOfSquares = 0;
  readonly name: string;
  private readonly expected: number;
  private readonly of: (x: number, y: number) => number;

  constructor(name: string, expected: number, of: (x: number, y: number) => number) {
    this.name = name;
    this.expected = expected;
    this.of = of;
  }

  add(x: number, y: number): void {
    const value = this.of(x, y) - this.expected;
    this.sum += value;
    this.sumOfSquares += value * value;
  }

  z(count: number): number {
    const mean = this.sum / count;
    return mean / Math.sqrt((this.sumOfSquares / count - mean * mean) / count);
  }
}

const TAIL_2 = 0.0455002638963584; // P(|Z| > 2)
const TAIL_3 = 0.0026997960632602;
const TAIL_4 = 6.33424836662398e-5;

describe("normalPair", () => {
  test("has the moments, tails and independence of two standard normals", () => {
    const figures = [
      new Figure("mean of x", 0, (x) => x),
      new Figure("mean of y", 0, (_, y) => y),
      new Figure("variance of x", 1, (x) => x * x),
      new Figure("variance of y", 1, (_, y) => y * y),
      new Figure("skewness of x", 0, (x) => x ** 3),
      new Figure("skewness of y", 0, (_, y) => y ** 3),
      new Figure("kurtosis of x", 3, (x) => x ** 4),
      new Figure("kurtosis of y", 3, (_, y) => y ** 4),
      new Figure("correlation", 0, (x, y) => x * y),
      new Figure("correlation of squares", 1, (x, y) => x * x * y * y),
      new Figure("quadrant", 0.25, (x, y) => Number(x > 0 && y > 0)),
      new Figure("|x| > 2", TAIL_2, (x) => Number(Math.abs(x) > 2)),
      new Figure("|y| > 3", TAIL_3, (_, y) => Number(Math.abs(y) > 3)),
      new Figure("|x| > 4", TAIL_4, (x) => Number(Math.abs(x) > 4)),
    ];
    const source = wordSource(seedKey("normal pairs"), POLICY_STREAM, 0);
    for (let block = 0; block < PAIRS; block++) {
      const [x, y] = normalPair(source.words(block, 0));
      for (const figure of figures) figure.add(x, y);
    }
    for (const figure of figures) expect(Math.abs(figure.z(PAIRS)), figure.name).toBeLessThan(4);
  });

  test("is Box and Muller's pair for a 53-bit radius and angle", () => {
    const word = fc.oneof(
      fc.integer({ min: 0, max: 0xffffffff }),
      fc.constantFrom(0, 0xffffffff, 0x20000000, 0x1fffffff),
    );
    fc.assert(
      fc.property(word, word, word, word, (high, low, angleHigh, angleLow) => {
        const [x, y] = normalPair(new Uint32Array([high, low, angleHigh, angleLow]));
        const radius = Math.sqrt(-2 * Math.log1p(-fraction53(high, low)));
        const angle = 2 * Math.PI * fraction53(angleHigh, angleLow);
        expect(Math.abs(x - radius * Math.cos(angle))).toBeLessThan(1e-14);
        expect(Math.abs(y - radius * Math.sin(angle))).toBeLessThan(1e-14);
      }),
      { numRuns: 5000 },
    );
  });

  test("is 0 for the smallest radius and never beyond 8.6", () => {
    expect(normalPair(new Uint32Array([0, 0, 5, 7])).map(Math.abs)).toEqual([0, 0]);
    const [x, y] = normalPair(new Uint32Array([0xffffffff, 0xffffffff, 0, 0]));
    expect(x).toBeCloseTo(Math.sqrt(106 * Math.LN2), 12);
    expect(x).toBeLessThan(8.6);
    expect(Math.abs(y)).toBe(0);
  });
});

/** The first 53 of 64 bits, in [0, 1). */
function fraction53(high: number, low: number): number {
  return (high * 2 ** 21 + (low >>> 11)) / 2 ** 53;
}
