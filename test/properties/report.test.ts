import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decimalsFor, formatInterval, formatNumber, formatSpeed } from "../../src/report/formatNumber.js";
import { toJson } from "../../src/report/json.js";
import { sparkline } from "../../src/report/sparkline.js";
import { table } from "../../src/report/table.js";
import { wrap } from "../../src/report/wrap.js";

describe("formatNumber", () => {
  test("groups thousands and keeps its decimals", () => {
    expect(formatNumber(1234567.891, 2)).toBe("1,234,567.89");
    expect(formatNumber(3, 2)).toBe("3.00");
    expect(formatNumber(100000)).toBe("100,000");
    expect(formatNumber(NaN, 2)).toBe("–");
    expect(formatNumber(-Infinity)).toBe("-∞");
  });

  test("shows two digits of the standard error, no more", () => {
    expect(decimalsFor(3.4)).toBe(1);
    expect(decimalsFor(0.034)).toBe(3);
    expect(decimalsFor(340)).toBe(0);
    expect(decimalsFor(1e-20)).toBe(8);
    expect(decimalsFor(0)).toBe(4);
    expect(decimalsFor(NaN)).toBe(4);
  });

  test("writes intervals and speeds", () => {
    expect(formatInterval([1234.56, 1300], 1)).toBe("[1,234.6, 1,300.0]");
    expect(formatInterval([NaN, NaN], 1)).toBe("–");
    expect(formatSpeed(23_400_000)).toBe("23.4 M/s");
    expect(formatSpeed(999_999)).toBe("999,999/s");
    expect(formatSpeed(1_000_000)).toBe("1.0 M/s");
    expect(formatNumber(Infinity)).toBe("∞");
    expect(formatNumber(1e21, 2)).toBe("1,000,000,000,000,000,000,000");
    expect(formatInterval([1, NaN], 1)).toBe("–");
  });
});

describe("table", () => {
  const rows = [
    ["policy", "mean", "note"],
    ["random", "1,234.5", "plain"],
    ["mix(0)", "-2.0", ""],
  ];

  test("aligns numbers right and words left", () => {
    expect(table(rows)).toBe(["policy     mean  note", "random  1,234.5  plain", "mix(0)     -2.0"].join("\n"));
  });

  test("goes on below itself, first column repeated, where the width is too small", () => {
    const folded = [
      "policy     mean",
      "random  1,234.5",
      "mix(0)     -2.0",
      "",
      "policy  note",
      "random  plain",
      "mix(0)",
    ];
    expect(table(rows, 16)).toBe(folded.join("\n"));
  });

  test("never loses a cell and fits wherever two columns do", () => {
    const cell = fc.stringMatching(/^[a-z0-9]{1,9}$/);
    const grid = fc
      .integer({ min: 1, max: 6 })
      .chain((columns) =>
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 5 }),
      );
    fc.assert(
      fc.property(grid, fc.integer({ min: 20, max: 60 }), (cells, width) => {
        const lines = table(cells, width).split("\n");
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
        const words = lines.flatMap((line) => line.split(/\s+/));
        for (const text of cells.flat()) expect(words).toContain(text);
      }),
    );
  });
});

describe("wrap", () => {
  test("breaks between items and indents what follows", () => {
    expect(wrap(["clicks", "slot 0", "slot 1"], 80, "  ")).toBe("clicks  slot 0  slot 1");
    expect(wrap(["clicks", "slot 0", "slot 1"], 15, "  ", 8)).toBe("clicks  slot 0\n        slot 1");
  });
});

describe("sparkline", () => {
  test("runs from the lowest bar to the highest", () => {
    expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 60)).toBe("▁▂▃▄▅▆▇█");
    expect(sparkline([7, 0], 60)).toBe("█▁");
    expect(sparkline([100, 107, 103], 60)).toBe("▁█▄");
    expect(sparkline([2, 2, 2], 60)).toBe("▅▅▅");
    expect(sparkline([], 60)).toBe("");
  });

  test("averages neighbours to fit", () => {
    expect(sparkline([0, 0, 9, 9], 2)).toBe("▁█");
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 300 }), fc.integer({ min: 1, max: 80 }), (values, width) => {
        expect(sparkline(values, width)).toHaveLength(Math.min(values.length, width));
      }),
    );
  });
});

describe("toJson", () => {
  test("writes statistics that are no number as null, and infinite parameters as the scenarios take them back", () => {
    const parameters = { noClickLogit: -Infinity, documents: [{ educativeness: 1 }] };
    const told = toJson({ a: -Infinity, b: [Infinity, NaN, 1], runs: [{ parameters }] });
    expect(JSON.parse(told)).toEqual({
      a: null,
      b: [null, null, 1],
      runs: [{ parameters: { ...parameters, noClickLogit: "-Infinity" } }],
    });
  });

  test("keeps the sign of -0 in parameters", () => {
    const told = toJson({ parameters: { a: -0, list: [-0, 0] }, settings: { worldChanges: { b: -0 } }, c: -0 });
    expect(JSON.parse(told)).toEqual({
      parameters: { a: -0, list: [-0, 0] },
      settings: { worldChanges: { b: -0 } },
      c: 0,
    });
  });

  test("keeps a list of numbers on one line", () => {
    expect(toJson({ a: [1, 2.5, 3], b: [] })).toBe('{\n  "a": [1, 2.5, 3],\n  "b": []\n}');
  });

  test("parses back to the same value, whatever brackets and blanks the strings hold", () => {
    const text = fc.string({ unit: fc.constantFrom("[", "]", "{", "}", ",", " ", "\n", '"', "1", "a") });
    const { tree } = fc.letrec((tie) => ({
      leaf: fc.oneof(
        fc.integer(),
        fc.double({ noDefaultInfinity: true, noNaN: true }),
        text,
        fc.boolean(),
        fc.constant(null),
      ),
      tree: fc.oneof({ maxDepth: 3 }, tie("leaf"), fc.array(tie("tree")), fc.dictionary(text, tie("tree"))),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        expect(JSON.parse(toJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
