import { describe, expect, test } from "vitest";
import { exp } from "../../src/numeric/exponential.js";
import { wordSource } from "../../src/random/address.js";
import { Draws } from "../../src/random/draws.js";
import { betaDraw, gammaDraw } from "../../src/random/gamma.js";

const SIZE = 20_000;

function sample(draw: (draws: Draws) => number, user: number): number[] {
  const source = wordSource({ key0: 11, key1: 12 }, 9, user);
  return Array.from({ length: SIZE }, (_, step) => draw(new Draws(source, step)));
}

/** Expects the sample's mean of something within four of its standard errors of what it should be. */
function expectMean(values: readonly number[], mean: number, what: string): void {
  const average = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - average) ** 2, 0);
  const standardError = Math.sqrt(squares / (values.length - 1) / values.length);
  expect(Math.abs(average - mean) / standardError, `${what}: ${average}, should be ${mean}`).toBeLessThan(4);
}

function expectShareBelow(values: readonly number[], point: number, probability: number): void {
  const share = values.filter((value) => value <= point).length / SIZE;
  const standardError = Math.sqrt((probability * (1 - probability)) / SIZE);
  expect(Math.abs(share - probability) / standardError, `share below ${point}: ${share}`).toBeLessThan(4);
}

describe("gamma draws", () => {
  test.each([1, 1.5, 4, 60, 1e6])("of shape %s have its mean and variance", (shape) => {
    const values = sample((draws) => gammaDraw(shape, draws), shape);
    expectMean(values, shape, "mean");
    expectMean(
      values.map((value) => (value - shape) ** 2),
      shape,
      "variance",
    );
  });

  test("of shape 1 are exponential", () => {
    const values = sample((draws) => gammaDraw(1, draws), 1);
    for (const point of [0.01, 0.1, 0.5, 1, 2, 4, 6]) expectShareBelow(values, point, 1 - exp(-point));
  });

  test("of shape 2 have the distribution 1 - (1 + x)·e^-x", () => {
    const values = sample((draws) => gammaDraw(2, draws), 2);
    for (const point of [0.05, 0.5, 1, 2, 4, 8]) expectShareBelow(values, point, 1 - (1 + point) * exp(-point));
  });
});

describe("beta draws", () => {
  test.each<[number, number]>([
    [1, 1],
    [1, 7],
    [2.5, 1.25],
    [33, 17],
    [577, 113],
  ])("of parameters %s and %s have their mean and variance", (alpha, beta) => {
    const values = sample((draws) => betaDraw(alpha, beta, draws), alpha);
    const mean = alpha / (alpha + beta);
    for (const value of values) expect(value > 0 && value < 1).toBe(true);
    expectMean(values, mean, "mean");
    expectMean(
      values.map((value) => (value - mean) ** 2),
      (mean * (1 - mean)) / (alpha + beta + 1),
      "variance",
    );
  });

  test("of whole parameters have the distribution of order statistics", () => {
    const uniform = sample((draws) => betaDraw(1, 1, draws), 5);
    const smallestOfThree = sample((draws) => betaDraw(1, 3, draws), 6);
    const largestOfTwo = sample((draws) => betaDraw(2, 1, draws), 7);
    for (const point of [0.05, 0.2, 0.4, 0.6, 0.8, 0.9]) {
      expectShareBelow(uniform, point, point);
      expectShareBelow(smallestOfThree, point, 1 - (1 - point) ** 3);
      expectShareBelow(largestOfTwo, point, point ** 2);
    }
  });
});
