// Tables of metrics that are refused, by name.
import { describe, expect, test } from "vitest";
import { metrics, policies, scenarios, simulate, type MetricTable } from "../../src/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { faultyWorld } from "../support/ownWorlds.js";

const lts = scenarios["lts-tradeoff"];
const first = policies.first();

function refused(table: MetricTable): Promise<readonly string[]> {
  return mistakesOf(() => simulate(lts, first, { users: 1, metrics: table }));
}

describe("a table of metrics is refused", () => {
  const sum = metrics.sum(() => 1);
  const strange: [string, unknown, string][] = [
    ["no table", 7, '"metrics" expected an object with a metric for each name, got 7'],
    ["a list", [], '"metrics" expected an object with a metric for each name, got []'],
    ["no metric", { odd: 1 }, '"metrics.odd" expected an object, got 1'],
    [
      "a strange kind",
      { odd: { ...sum, kind: "median" } },
      '"metrics.odd.kind" expected one of "sum", "mean", "last", "episode", "ratio", got "median" (did you mean "mean"?)',
    ],
    ["no function", { odd: metrics.sum(3 as never) }, '"metrics.odd.value" expected a function, got 3'],
    [
      "half a ratio",
      { odd: metrics.ratio(() => 1, null as never) },
      '"metrics.odd.denominator" expected a function, got null',
    ],
    [
      "no accumulator",
      { odd: { kind: "episode", add: () => 1, value: () => 1 } },
      '"metrics.odd.begin" expected a function, got undefined',
    ],
    [
      "a strange series",
      { odd: metrics.sum(() => 1, { series: 5 as never }) },
      '"metrics.odd.series" expected a text that is not empty, true or false, got 5',
    ],
    [
      "a strange label",
      { odd: metrics.sum(() => 1, { label: "" }) },
      '"metrics.odd.label" expected a text that is not empty, got ""',
    ],
    [
      "a strange unit",
      { odd: metrics.sum(() => 1, { unit: 3 as never }) },
      '"metrics.odd.unit" expected a text that is not empty, got 3',
    ],
    [
      "a series of what has none",
      { odd: { kind: "ratio", numerator: () => 1, denominator: () => 1, series: "odd" } },
      '"metrics.odd.series" expected nothing, as the kind "ratio" has none, got "odd"',
    ],
    ["a name of none", { "": sum }, '"metrics" expected names that no other metric has, got ""'],
    [
      "a series twice",
      { a: sum, b: metrics.sum(() => 1, { series: "a" }) },
      '"metrics.b.series" expected a name that no other series has, or false, got "a"',
    ],
    [
      "too many",
      Object.fromEntries(Array.from({ length: 65 }, (_, at) => [`m${at}`, sum])),
      '"metrics" expected at most 64 metrics, got 65',
    ],
    ...[
      "totalReward",
      "episodeLength",
      "clickPositions",
      "noClicks",
      "perStep",
      "totalRewardDistribution",
      "sampledTotalReward",
      "varianceRatio",
    ].map((name): [string, unknown, string] => [
      name,
      { [name]: metrics.sum(() => 1, { series: false }) },
      `"metrics" expected names that no other metric has, got "${name}"`,
    ]),
    ...["users", "reward"].map((name): [string, unknown, string] => [
      `the series ${name}`,
      { odd: metrics.sum(() => 1, { series: name }) },
      `"metrics.odd.series" expected a name that no other series has, or false, got "${name}"`,
    ]),
  ];

  test.each(strange)("by name: %s", async (_, table, mistake) => {
    expect(await mistakesOf(() => simulate(lts, first, { users: 1, metrics: table as never }))).toEqual([mistake]);
    expect(await mistakesOf(() => faultyWorld({ metrics: table as never }))).toEqual([mistake]);
  });

  test("with all of its errors at once", async () => {
    const table = { b: { kind: "foo" }, totalReward: metrics.sum(() => 1), "": metrics.sum(() => 1, { series: "z" }) };
    expect(await mistakesOf(() => simulate(lts, first, { users: 1, metrics: table as never }))).toEqual([
      '"metrics.b.kind" expected one of "sum", "mean", "last", "episode", "ratio", got "foo"',
      '"metrics" expected names that no other metric has, got "totalReward"',
      '"metrics" expected names that no other metric has, got ""',
    ]);
  });

  test("where it is made, with options that no metric has", async () => {
    const makers: [() => unknown, string][] = [
      [() => metrics.sum(() => 1, { serie: "x" } as never), '"serie" is not a metric option (did you mean "series"?)'],
      [() => metrics.mean(() => 1, { kind: "sum" } as never), '"kind" is not a metric option'],
      [() => metrics.last(() => 1, "label" as never), '"options" expected an object, got "label"'],
      [() => metrics.sum(() => 1, null as never), '"options" expected an object, got null'],
      [
        () =>
          metrics.ratio(
            () => 1,
            () => 1,
            { series: "x" } as never,
          ),
        '"series" is not a metric option',
      ],
      [
        () =>
          metrics.ratio(
            () => 1,
            () => 1,
            5 as never,
          ),
        '"options" expected an object, got 5',
      ],
      [() => metrics.episode({ series: true } as never), '"series" is not a metric option'],
    ];
    for (const [make, mistake] of makers) expect(await mistakesOf(make)).toEqual([mistake]);
  });

  test("with names that the world's own have", async () => {
    for (const name of ["totalEngagement", "finalSatisfaction", "clickedEducativeness"]) {
      expect(await refused({ [name]: metrics.sum(() => 1, { series: false }) })).toEqual([
        `"metrics" expected names that no other metric has, got "${name}"`,
      ]);
    }
    for (const series of ["engagement", "satisfaction"]) {
      expect(await refused({ odd: metrics.sum(() => 1, { series }) })).toEqual([
        `"metrics.odd.series" expected a name that no other series has, or false, got "${series}"`,
      ]);
    }
  });
});
