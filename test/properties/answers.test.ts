// The answer in a sentence, and only as much of one as the intervals bear out.
import { describe, expect, test } from "vitest";
import type { ComparedPair, Comparison } from "../../src/index.js";
import { describeComparison } from "../../src/report/describeComparison.js";
import { pairsOf } from "../../src/studies/study.js";
import { comparison, lts } from "../support/reported.js";

/** The sentences of a comparison of so many policies by falling mean, "p0" first, where these pairs are open. */
function sentences(policies: number, open: (a: number, b: number) => boolean, digests?: string): string[] {
  const names = Array.from({ length: policies }, (_, place) => `p${place}`);
  const pairs: ComparedPair[] = [];
  for (const [a, b] of pairsOf(policies)) {
    const mean = 10 * (a - b);
    const simultaneousCi95 = open(a, b) ? ([-20, 0] as const) : ([mean - 1, mean + 1] as const);
    const difference = { mean, standardError: 1, ci95: [mean, mean] as const, simultaneousCi95 };
    pairs.push({ ...comparison.pairs[0]!, a: `p${a}`, b: `p${b}`, difference, significant: !open(a, b) });
  }
  const compared: Comparison["policies"][number][] = [];
  for (const [place, policy] of names.entries()) {
    compared.push({ ...comparison.policies[0]!, policy, digest: digests?.[place] ?? policy });
  }
  const ranking = { ...comparison.ranking, order: names };
  const text = describeComparison({ ...comparison, policies: compared, pairs, ranking }, lts);
  return text.split("\n\n").slice(4);
}

describe("a comparison answers", () => {
  test("which is best, though others are open", () => {
    expect(sentences(3, () => false)).toEqual([
      "p0 brings most: 10.0 s of engagement per user more than p1, the next.",
    ]);
    expect(sentences(4, (a, b) => a === 2 && b === 3)).toEqual([
      "p0 brings most: 10.0 s of engagement per user more than p1, the next.",
      "Not significant at 95 % with so few users: p2 and p3.",
    ]);
  });

  test("that none is, with as much of a reason as there is", () => {
    expect(sentences(2, () => true)).toEqual(["The difference is not significant at 95 % with so few users."]);
    expect(sentences(3, () => true)).toEqual(["No difference is significant at 95 % with so few users."]);
    expect(sentences(3, (a, b) => a === 0 && b === 2)).toEqual([
      "No policy is significantly better than all others at 95 % with so few users.",
      "Not significant at 95 % with so few users: p0 and p2.",
    ]);
  });

  test("with six open pairs by name at most", () => {
    const pairs = "p1 and p2; p1 and p3; p1 and p4; p1 and p5; p2 and p3; p2 and p4";
    expect(sentences(6, (a) => a > 0).at(-1)).toBe(
      `Not significant at 95 % with so few users: ${pairs}; and 4 pairs more.`,
    );
    expect(sentences(5, (a) => a > 0).at(-1)).toBe(
      "Not significant at 95 % with so few users: p1 and p2; p1 and p3; p1 and p4; p2 and p3; p2 and p4; p3 and p4.",
    );
  });

  test("of a best that is contested from behind, and of pairs against the baseline", () => {
    const [one] = comparison.policies;
    const pairs = [{ ...comparison.pairs[0]!, a: "q", b: "p", significant: false }];
    const compared = [
      { ...one!, policy: "p" },
      { ...one!, policy: "q", digest: "q" },
    ];
    const ranking = { ...comparison.ranking, order: ["p", "q"] };
    const text = describeComparison({ ...comparison, policies: compared, pairs, ranking }, lts);
    expect(text.split("\n\n").slice(4)).toEqual(["The difference is not significant at 95 % with so few users."]);
    const names = Array.from({ length: 7 }, (_, place) => `p${place}`);
    const many = pairsOf(7).map(([a, b]) => {
      const [first, second] = b === 3 ? [b, a] : [a, b];
      return Object.assign({}, comparison.pairs[0]!, { a: names[first], b: names[second] });
    });
    const all = names.map((policy) => Object.assign({}, one!, { policy, digest: policy }));
    const middle = { ...comparison.ranking, order: ["p3", ...names.filter((name) => name !== "p3")] };
    const wide = describeComparison(
      { ...comparison, policies: all, pairs: many, ranking: middle, baseline: "p3" },
      lts,
    );
    expect(wide.match(/^p\d against p\d/gm)).toEqual([
      "p0 against p3",
      "p1 against p3",
      "p2 against p3",
      "p4 against p3",
      "p5 against p3",
      "p6 against p3",
    ]);
  });

  test("that two are the same, and asks no interval of them", () => {
    expect(sentences(3, (a, b) => a === 0 && b === 1, "xxy")).toEqual([
      "p0 brings most: 20.0 s of engagement per user more than p2, the next.",
      "p0 and p1 give every user the same episode.",
    ]);
    expect(sentences(3, (a, b) => a === 1 && b === 2, "xxy")).toEqual([
      "No policy is significantly better than all others at 95 % with so few users.",
      "p0 and p1 give every user the same episode.",
      "Not significant at 95 % with so few users: p1 and p2.",
    ]);
    expect(sentences(2, () => false, "xx")).toEqual(["p0 and p1 give every user the same episode."]);
  });
});
