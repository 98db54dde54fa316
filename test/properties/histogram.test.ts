import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { policies, scenarios, simulate } from "../../src/index.js";
import { countInBins, Histogram } from "../../src/numeric/histogram.js";
import { filmWorld } from "../support/ownWorlds.js";

const values = fc.array(
  fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -0, 1, -1, 5e-324, 2 ** -1022, Number.MAX_VALUE),
  ),
  { minLength: 1, maxLength: 60 },
);

function histogramOf(...groups: readonly (readonly number[])[]): Histogram {
  const histogram = new Histogram();
  for (const group of groups) if (group.length > 0) histogram.add(countInBins(Float64Array.from(group)));
  return histogram;
}

describe("the histogram", () => {
  test("does not depend on how its values are grouped, nor on their order", () => {
    const property = fc.property(values, fc.nat(60), fc.constantFrom(4, 512), (all, cut, most) => {
      const whole = histogramOf(all).bins(most);
      const merged = histogramOf(all.slice(cut).toReversed());
      merged.merge(histogramOf(all.slice(0, cut)));
      expect(merged.bins(most)).toEqual(whole);
      expect(histogramOf(all.slice(0, cut), all.slice(cut)).bins(most)).toEqual(whole);
    });
    fc.assert(property);
  });

  test("counts every value between the edges that it lies between", () => {
    const property = fc.property(values, fc.constantFrom(8, 512), (all, most) => {
      const { edges, counts } = histogramOf(all).bins(most);
      expect(counts.length).toBeLessThanOrEqual(most);
      expect(edges).toHaveLength(counts.length + 1);
      expect(edges).toEqual(edges.toSorted((a, b) => a - b));
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(all.length);
      counts.forEach((count, bin) => {
        const [low, high] = [edges[bin]!, edges[bin + 1]!];
        const inside = all.filter((x) => x > low && x < high).length;
        const touching = all.filter((x) => x >= low && x <= high).length;
        expect(count).toBeGreaterThanOrEqual(inside);
        expect(count).toBeLessThanOrEqual(touching);
      });
    });
    fc.assert(property);
  });

  test("tells small whole numbers apart where some are zero", () => {
    const all = [-2, 0, 0, 1, 2, 2, 2, 50];
    const { edges, counts } = histogramOf(all).bins(512);
    const occupied = counts.flatMap((count, bin) => (count > 0 ? [[edges[bin]!, count]] : []));
    expect(occupied).toEqual([
      [-2.0625, 1],
      [-(2 ** -1022), 2],
      [1, 1],
      [2, 3],
      [50, 1],
    ]);
    expect(counts.length).toBeLessThan(6 * 32);
    expect(histogramOf(all.filter((x) => x >= 0)).quantile(0.25)).toBe(0);
  });

  test("finds quantiles to within a bin", () => {
    const shares = fc.constantFrom(0.05, 0.25, 0.5, 0.75, 0.95);
    const positive = fc.array(fc.double({ min: 0.001, max: 1e5, noNaN: true }), { minLength: 1, maxLength: 200 });
    const property = fc.property(positive, shares, (all, share) => {
      const sorted = all.toSorted((a, b) => a - b);
      const exact = sorted[Math.max(0, Math.ceil(share * all.length - 1e-9) - 1)]!;
      expect(Math.abs(histogramOf(all).quantile(share) / exact - 1)).toBeLessThanOrEqual(1 / 32);
    });
    fc.assert(property);
  });

  test("is that of the returns of a run, whatever simulated it", async () => {
    const options = { users: 5000, seed: 4, steps: 20 };
    const { metrics } = await simulate(scenarios["lts"]!, policies.random(), options);
    const { quantiles, counts } = metrics.totalRewardDistribution;
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5000);
    const { p5, p25, p50, p75, p95 } = quantiles;
    const order = [metrics.totalEngagement.min, p5, p25, p50, p75, p95, metrics.totalEngagement.max];
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(Math.abs(p50 / metrics.totalEngagement.mean - 1)).toBeLessThan(0.1);
    const own = await simulate(filmWorld(), policies.random(), { users: 50, steps: 9, seed: 4 });
    expect(own.metrics.totalRewardDistribution.counts.reduce((sum, count) => sum + count, 0)).toBe(50);
  });
});
