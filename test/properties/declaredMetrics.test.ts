// What metrics are is part of what a run is: runs whose metrics differ are neither merged, compared nor resumed from one another.
import { expect, test } from "vitest";
import {
  compare,
  mergeRuns,
  metrics,
  policies,
  scenarios,
  simulate,
  type BlockStore,
  type MetricTable,
} from "../../src/index.js";
import type { StudyIdentity } from "../../src/studies/blockStore.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { faultyWorld } from "../support/ownWorlds.js";

const lts = scenarios["lts-tradeoff"];
const reward = ({ reward: own }: { readonly reward: number }): number => own;

/** Tables that share their names, and nothing else. */
const kinds: MetricTable[] = [
  { m: metrics.sum(reward) },
  { m: metrics.mean(reward) },
  { m: metrics.last(reward) },
  { m: metrics.sum(reward, { series: false }) },
  { m: metrics.sum(reward, { series: "other" }) },
  { m: metrics.ratio(reward, reward) },
  { m: metrics.episode({ begin: () => 0, add: (sum: number) => sum, value: (sum) => sum }) },
];

const identities = async (table: MetricTable): Promise<StudyIdentity[]> => {
  const asked: StudyIdentity[] = [];
  const store: BlockStore = {
    open(identity) {
      asked.push(identity);
      return { read: () => undefined, write() {}, close() {} };
    },
  };
  await simulate(lts, policies.first(), { users: 1, steps: 1, metrics: table, store });
  await simulate(faultyWorld({ metrics: table }), policies.first(), { users: 1, steps: 1, store });
  return asked;
};

test("each kind and each series is a study of its own, whether world or caller declares it", async () => {
  const all = await Promise.all(kinds.map(identities));
  for (const place of [0, 1]) {
    expect(new Set(all.map((asked) => JSON.stringify(asked[place]))).size).toBe(kinds.length);
  }
  expect(all[4]!.map((asked) => asked.metrics)).toEqual([["m: sum, series other"], ["m: sum, series other"]]);
});

test("the order of a world's metrics is part of its study", async () => {
  const [a, b] = [metrics.sum(() => 1), metrics.sum(() => 2)];
  const [, first] = await identities({ a, b });
  const [, second] = await identities({ b, a });
  expect(first).not.toEqual(second);
});

test("a world without metrics of its own needs none in its study", async () => {
  const [builtIn] = await identities({});
  expect(builtIn).not.toHaveProperty("metrics");
});

test("runs are merged only if their metrics are of one kind and series", async () => {
  const runs = await Promise.all(
    kinds.flatMap((table) => [
      simulate(lts, policies.first(), { users: 2, steps: 2, metrics: table }),
      simulate(lts, policies.first(), { users: 2, firstUser: 2, steps: 2, metrics: table }),
    ]),
  );
  for (let a = 0; a < runs.length; a += 2) {
    for (let b = 1; b < runs.length; b += 2) {
      const merged = await mistakesOf(() => mergeRuns(runs[a]!, runs[b]!));
      expect(merged).toEqual(a + 1 === b ? [] : ["the runs' metrics differ"]);
    }
  }
});

test("worlds are compared only if their metrics are of one kind and series", async () => {
  const worlds = kinds.map((table, version) => faultyWorld({ version: version + 1, metrics: table }));
  for (const world of worlds.slice(1)) {
    const variants = [policies.first(), { policy: policies.first(), world, name: "other" }];
    expect(await mistakesOf(() => compare(worlds[0]!, variants, { users: 1 }))).toEqual([
      'policies[1]: "world" expected a world with the same metrics as the comparison\'s, got "faulty"',
    ]);
  }
});

test("results list the world's metrics before the caller's", async () => {
  const { metrics: told } = await simulate(lts, policies.first(), { users: 1, metrics: { more: metrics.sum(reward) } });
  const names = Object.keys(told).filter((name) => name === "more" || name in lts.metrics);
  expect(names).toEqual([...Object.keys(lts.metrics), "more"]);
  const series = Object.keys(told.perStep);
  expect(series.indexOf("satisfaction")).toBeLessThan(series.indexOf("more"));
});

test("the state that a metric reads is that of its step, for good", async () => {
  const change = metrics.episode({
    begin: () => ({ last: undefined as { readonly satisfaction: number } | undefined, changes: 0 }),
    add: ({ last, changes }, { state }) => ({
      last: state,
      changes: changes + Number(last !== undefined && last.satisfaction !== state.satisfaction),
    }),
    value: ({ changes }) => changes,
  });
  const run = await simulate(lts, policies.first(), { users: 2, steps: 5, metrics: { change } });
  expect(run.metrics.change).toMatchObject({ mean: 4, min: 4, max: 4 });
});

test("the ratio of an observation that has no finite size is refused", async () => {
  const ratio = metrics.ratio(
    () => 1,
    () => 1e-310,
  );
  await expect(simulate(lts, policies.first(), { users: 1, metrics: { ratio } })).rejects.toThrow(
    'metric "ratio" failed at step 0 for user 0: "metrics.ratio" expected a number in [-1e+100, 1e+100], got Infinity',
  );
});
