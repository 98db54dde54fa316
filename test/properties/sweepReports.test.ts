import { beforeAll, describe, expect, test } from "vitest";
import { chart, report } from "../../src/htmlReport/index.js";
import { makeWorld, policies, sweep, type Sweep } from "../../src/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";
import { results } from "../support/reportable.js";

let all: Readonly<Record<string, Sweep>>;
beforeAll(async () => {
  all = (await results()) as never;
});

/** Returns the numbers below a report's chart, row by row. */
function numbersOf(page: string, title: RegExp): string[][] {
  const part = page.split("<section").find((each) => title.test(/<h2>(.*?)<\/h2>/.exec(each)?.[1] ?? ""))!;
  const rows = part.split("<tr>").slice(1);
  return rows.map((row) => [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell]) => cell!));
}

function headlineOf(page: string): string[][] {
  return numbersOf(page, /^Results$/).slice(1);
}

function factsOf(page: string): Readonly<Record<string, string>> {
  return Object.fromEntries(numbersOf(page, /^How it was made$/).map(([name, value]) => [name!, value!]));
}

describe("the report of a sweep", () => {
  test("has the best policy of every cell, its lift and all means", async () => {
    const { cells } = all["sweep"]!;
    const [titles, ...rows] = numbersOf(await report(all["sweep"]!), /^Best policy and its lift over random$/);
    expect(titles!.slice(0, 3)).toEqual(["sensitivity", "timeBudget", "best"]);
    expect(rows.map((row) => row.slice(0, 3))).toEqual(
      cells.map(({ at, best }) => [String(at["sensitivity"]), String(at["timeBudget"]), best]),
    );
    for (const [place, { lift, policies: swept }] of cells.entries()) {
      const [, , , ratio, , ...means] = rows[place]!.map((text) => Number.parseFloat(text.replace(/[+,]/g, "")));
      expect(ratio).toBeCloseTo(lift === undefined ? NaN : 100 * lift.ratio, 1);
      const interval = [...rows[place]![4]!.matchAll(/-?[\d.]+/g)].map(Number);
      const simultaneous = lift === undefined ? [] : lift.simultaneousCi95;
      expect(interval).toEqual(simultaneous.map((end) => expect.closeTo(100 * end, 2) as number));
      for (const [at, { mean }] of swept.entries()) expect(means[at]).toBeCloseTo(mean, 0);
    }
  });

  test("says of every policy in how many cells it is best, and its least and greatest lift", async () => {
    const { cells, baseline } = all["sweep"]!;
    for (const [name, wins, least, , , greatest] of headlineOf(await report(all["sweep"]!))) {
      expect(wins).toBe(`${cells.filter(({ best }) => best === name).length} of 6`);
      const lifts = cells.map((cell) => cell.policies.find(({ policy }) => policy === name)!.lift?.ratio ?? NaN);
      if (name === baseline) expect([least, greatest]).toEqual(["–", "–"]);
      else expect(Number.parseFloat(least!)).toBeCloseTo(100 * Math.min(...lifts), 1);
      if (name !== baseline) expect(Number.parseFloat(greatest!)).toBeCloseTo(100 * Math.max(...lifts), 1);
    }
  });

  test("has regret and optimum where worlds are solved, over the number that varies in ascending order", async () => {
    const solved = all["sweep of one number"]!;
    const page = await report(solved);
    const [titles, ...rows] = numbersOf(page, /^Mean return by memoryDiscount$/);
    expect(titles!.filter((_, place) => place % 2 === 1)).toEqual(["random", "mix(1)", "mix(2)", "optimum"]);
    expect(rows.map(([at]) => at)).toEqual(["0.7", "0.9"]);
    const [, ...regrets] = numbersOf(page, /^Regret by memoryDiscount$/);
    const [later, sooner] = solved.cells.map((cell) => cell.policies[1]!.regret!.mean);
    expect(regrets.map((row) => Number(row[3]))).toEqual(
      [sooner!, later!].map((mean) => expect.closeTo(mean, 0) as number),
    );
  });

  test("shows each seed by itself, and names instead of numbers below one another", async () => {
    const page = await report(all["sweep of names"]!);
    expect(page.match(/<h2>.*?difference from random.*?<\/h2>/g)).toEqual(
      ["a", "b"].map((seed) => `<h2>Best policy&#39;s difference from random, seed ${seed}</h2>`),
    );
    expect(numbersOf(page, /seed b$/).slice(1)).toHaveLength(2);
  });

  test("of one policy has its means", async () => {
    const { cells } = all["sweep of one policy"]!;
    const rows = numbersOf(await report(all["sweep of one policy"]!), /^Mean return under first$/).slice(1);
    const means = rows.map((row) => Number(row.at(-1)!.replaceAll(",", "")));
    expect(means).toEqual(cells.map(({ policies: [only] }) => expect.closeTo(only!.mean, 0) as number));
  });

  test("says the parameters of all worlds, the values that vary, seeds and digests", async () => {
    const page = await report(all["sweep"]!, { command: "npx slatesim sweep x" });
    const facts = factsOf(page);
    expect(page).toContain('<th scope="row">users</th><td>200</td>');
    expect(facts).toMatchObject({
      seeds: "0",
      policies: "random, mix(1), mix(3)",
      baseline: "random",
      "values of sensitivity": "0.5, 0.01",
      "values of timeBudget": "2, 9, 16",
      memoryDiscount: String(all["sweep"]!.parameters["memoryDiscount"]),
    });
    expect(facts).not.toHaveProperty("sensitivity");
    for (const { digest } of all["sweep"]!.cells.flatMap((cell) => cell.policies)) expect(page).toContain(digest);
    expect(page).toContain("npx slatesim sweep x");
  });

  test("escapes names of others, and refuses a best policy that is none", async () => {
    const { cells, ...rest } = all["sweep"]!;
    const named = { ...rest, cells: cells.map(({ at, ...cell }) => ({ ...cell, at: { ...at, "<b>": "</title>" } })) };
    const [page, drawn] = [await report(named), await chart(named)];
    for (const text of [page, drawn]) expect(text).not.toContain("<b>");
    const wrong = {
      ...rest,
      cells: [
        { ...cells[0]!, best: "mix(7)" },
        { ...cells[1]!, at: { x: true as never } },
      ],
    };
    expect(await mistakesOf(() => report(wrong))).toEqual([
      `"result.cells[0].best" expected one of the cell's policies, got "mix(7)"`,
      '"result.cells[1].at.x" expected a number or a text, got true',
    ]);
  });
});

describe("the heat map", () => {
  test("has a cell for every world, names where there is room, and one colour for each policy that is best", async () => {
    const swept = all["sweep"]!;
    const svg = await chart(swept, "lifts");
    const best = new Set(swept.cells.map((cell) => cell.best));
    expect(best.size).toBeGreaterThan(1);
    expect(new Set(svg.match(/<rect[^>]*fill="var\(--line-\d\)"/g)!.map((rect) => /line-\d/.exec(rect)![0])).size).toBe(
      best.size,
    );
    const places = [...svg.matchAll(/<rect[^>]*fill="var\(--line-\d\)"[^>]* x="([\d.]+)" y="([\d.]+)"/g)];
    const [xs, ys] = [1, 2].map((axis) => places.map((match) => Number(match[axis]))) as [number[], number[]];
    expect(xs).toEqual([...xs.slice(0, 3).toSorted((a, b) => a - b), ...xs.slice(0, 3)]);
    expect(new Set(xs).size).toBe(3);
    expect([ys[0]! > ys[3]!, new Set(ys).size]).toEqual([true, 2]); // the first row is that of the greater number
    for (const name of best) expect(svg).toMatch(new RegExp(`<tspan[^>]*>${name.replace(/[()]/g, "\\$&")}</tspan>`));
  });

  test("of 64 × 64 cells is of one picture's size, without names", async () => {
    const { cells, ...rest } = all["sweep"]!;
    const many = Array.from({ length: 4096 }, (_, place) => ({
      ...cells[place % 6]!,
      at: { a: place >> 6, b: (place & 63) / 7 },
    }));
    const svg = await chart({ ...rest, cells: many });
    expect(Number(/height="(\d+)"/.exec(svg)![1])).toBeLessThan(700);
    expect(svg).not.toContain("<tspan");
    expect(svg.length).toBeLessThan(800_000);
  });
});

test("a sweep tells the parameters that all of its worlds share", async () => {
  const films = [filmWorld("step", 3), filmWorld("never", 3)].map((world, place) => ({ world, at: { place } }));
  expect((await sweep(films, [policies.first()], { users: 1 })).parameters).toEqual({ patience: 3 });
  const { sensitivity: _own, timeBudget: _too, ...shared } = makeWorld("lts", {}).parameters;
  expect(all["sweep"]!.parameters).toEqual(shared);
});
