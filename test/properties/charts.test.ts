import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { KINDS_OF } from "../../src/charts/chartKinds.js";
import { colourVariables, LINES, SURFACES } from "../../src/charts/palette.js";
import { chart, chartKinds, report, type ChartKind, type Reportable } from "../../src/htmlReport/index.js";
import { InvalidInput, type Comparison, type Run } from "../../src/index.js";
import { toJson } from "../../src/report/json.js";
import { results, runOf } from "../support/reportable.js";

let all: Readonly<Record<string, Reportable>>;
beforeAll(async () => {
  all = await results();
});

/** Returns all charts that a result has. */
async function chartsOf(result: Reportable): Promise<[ChartKind, string][]> {
  const charts: [ChartKind, string][] = [];
  for (const kind of Object.keys(chartKinds) as ChartKind[]) {
    try {
      charts.push([kind, await chart(result, kind)]);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      expect(error.errors).toEqual([expect.stringContaining('"kind" expected one of')]);
    }
  }
  return charts;
}

/** What is wrong with the tags of a text: names of those that are opened and closed out of turn. */
function strayTags(markup: string): string[] {
  const open: string[] = [];
  const strays: string[] = [];
  for (const [, closing, name, selfClosing] of markup.matchAll(/<(\/?)([\w-]+)(?:\s+[\w-]+="[^"<]*")*\s*(\/?)>/g)) {
    if (closing !== "") strays.push(...(open.pop() === name ? [] : [name!]));
    else if (selfClosing === "" && name !== "meta") open.push(name!);
  }
  return [...strays, ...open];
}

function expectSound(svg: string): void {
  expect(strayTags(svg)).toEqual([]);
  expect(svg.replace(/<[^<>]*>/g, "")).not.toMatch(/[<>]/);
  const attributes = [...svg.matchAll(/ (?:d|x|y|x1|x2|y1|y2|cx|cy|r|width|height|transform|points)="([^"]*)"/g)].map(
    (match) => match[1],
  );
  expect(attributes.length).toBeGreaterThan(10);
  expect(attributes.filter((text) => /NaN|Infinity|undefined|null|e\+?\d/.test(text!))).toEqual([]);
  expect(svg.match(/https?:/g)).toHaveLength(1); // xmlns
  expect(svg).toMatch(
    /role="img" aria-labelledby="([\w-]+) ([\w-]+)">\n<title id="\1">[^<]+<\/title>\n<desc id="\2">[^<]+<\/desc>/,
  );
}

describe("charts", () => {
  test("of every result are well formed, with finite coordinates and texts in the place of pictures", async () => {
    const seen = new Set<ChartKind>();
    for (const result of Object.values(all)) {
      const charts = await chartsOf(result);
      expect(charts.length).toBeGreaterThan(0);
      const kinds = charts.map(([kind]) => kind); // all of which some command may draw
      expect(Object.values(KINDS_OF).some((known) => kinds.every((kind) => known.includes(kind)))).toBe(true);
      for (const [kind, svg] of charts) {
        expectSound(svg);
        seen.add(kind);
      }
    }
    expect([...seen].toSorted()).toEqual(
      Object.keys(chartKinds)
        .filter((kind) => kind !== "regrets" || seen.has("regrets"))
        .toSorted(),
    );
  });

  test("have finite coordinates whatever the numbers are", async () => {
    const hostile = fc.oneof(
      fc.double(),
      fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 5e-324, 1.7e308, -1.7e308),
      fc.integer(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { minLength: 2, maxLength: 12 }), async (numbers) => {
        for (const [, svg] of await chartsOf(runOf(all["run"] as Run, numbers))) expectSound(svg);
      }),
      { numRuns: 40 },
    );
  });

  test("of 65,536 steps are no larger than those of a few hundred", async () => {
    const numbers = Array.from({ length: 65_536 }, (_, step) => (step % 100) + 1);
    const [long, short] = [numbers, numbers.slice(0, 400)].map((of) => runOf(all["run"] as Run, of));
    const [longer, shorter] = [await chart(long!, "series"), await chart(short!, "series")];
    expect(longer.length).toBeLessThan(1.2 * shorter.length);
    expectSound(longer);
    expect((await report(long!)).length).toBeLessThan(200_000);
  });

  test("are the same from a result and from its JSON", async () => {
    for (const result of Object.values(all)) {
      const parsed = JSON.parse(toJson(result)) as Reportable;
      expect(await chart(parsed)).toBe(await chart(result));
      expect(await report(parsed)).toBe(await report(result));
    }
  });

  test("show the difference from the baseline that is asked for, in both directions", async () => {
    const comparison = all["comparison"] as Comparison;
    const [first] = comparison.pairs;
    const text = (await chart(comparison, "differences", { baseline: first!.b })).split("<desc")[1]!;
    const [forward, back] = [(await chart(comparison, "differences")).split("<desc")[1]!, text];
    const number = "(-?[\\d.]+)";
    const said = new RegExp(`(?:${first!.a}|mix\\(1\\)): ${number}, 95 % interval \\[${number}, ${number}\\]`);
    const [there, andBack] = [forward, back].map((desc) => said.exec(desc)!.slice(1).map(Number));
    const { mean, ci95 } = first!.difference;
    expect(there).toEqual([mean, ...ci95].map((value) => expect.closeTo(value, 0) as number));
    expect(andBack).toEqual([-mean, -ci95[1], -ci95[0]].map((value) => expect.closeTo(value, 0) as number));
  });
});

/** Relative luminance of WCAG 2.2. */
function luminance(colour: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (high! + 0.05) / (low! + 0.05);
}

describe("colours", () => {
  test.each(["light", "dark"] as const)("have contrast 3:1 as lines and 4.5:1 as text on %s", (scheme) => {
    const background = SURFACES.background[scheme];
    for (const line of LINES) expect(contrast(line[scheme], background)).toBeGreaterThanOrEqual(3);
    for (const text of [SURFACES.text, SURFACES.quiet])
      expect(contrast(text[scheme], background)).toBeGreaterThanOrEqual(4.5);
    expect(new Set(LINES.map((line) => line[scheme])).size).toBe(LINES.length);
  });

  test("are there for every variable that charts name", async () => {
    const defined = colourVariables("svg");
    for (const result of Object.values(all)) {
      const named = [...(await chart(result)).matchAll(/var\((--[\w-]+)\)/g)].map((match) => `${match[1]}: #`);
      expect([...new Set(named)].filter((name) => !defined.includes(name))).toEqual([]);
    }
  });
});
