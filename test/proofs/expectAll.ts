import { expect } from "vitest";
import { describeFigure, outliers, zOf, type Figure } from "../support/figures.js";

/** Prints a table of so many figures and the one furthest off; expects none beyond 4 standard errors. */
export function expectAll(figures: readonly Figure[], count: number): void {
  expect(figures).toHaveLength(count);
  const furthest = figures.reduce((a, b) => (Math.abs(zOf(b)) > Math.abs(zOf(a)) ? b : a));
  const lines = figures.map(describeFigure).join("\n");
  console.log(`${HEAD}\n${lines}\n${figures.length} figures, the furthest off:\n${describeFigure(furthest)}\n`);
  expect(outliers(figures)).toEqual([]);
}

const HEAD = "figure".padEnd(60) + "simulated".padStart(14) + "exact".padStart(14) + "z".padStart(8);
