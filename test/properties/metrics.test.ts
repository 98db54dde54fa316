// Metrics that a world declares and that a caller adds, against the same numbers computed from traces.
import { describe, expect, test } from "vitest";
import {
  longTermSatisfaction,
  mergeRuns,
  metrics,
  policies,
  simulate,
  trace,
  type MetricStep,
  type Moments,
  type RunPolicy,
  type World,
} from "../../src/index.js";
import { metricsByName } from "../../src/statistics/metrics.js";
import { seriesName } from "../../src/world/metrics.js";
import { curious } from "../support/arbitraries.js";
import { expectRecorded } from "../support/agreement.js";
import { ownWorlds } from "../support/ownWorlds.js";
import { fading } from "../support/playing.js";

/** A world, and what its documents are like: as metrics see them, and as traces show them. */
interface Case {
  readonly world: World;
  readonly kind: string;
  readonly quality: string;
}

const choosy = { noClickLogit: 0.5, timeBudget: 6, numClusters: 3 };
/** Fields of documents that are a kind and a quality; none where documents are numbers. */
const fields: Readonly<Record<string, Omit<Case, "world">>> = {
  counting: { kind: "", quality: "" },
  podcasts: { kind: "topic", quality: "quality" },
};
const cases: Readonly<Record<string, Case>> = {
  "long-term satisfaction": {
    world: longTermSatisfaction(choosy) as World,
    kind: "clusterId",
    quality: "educativeness",
  },
  "one document for all": {
    world: longTermSatisfaction({ ...choosy, slateSize: 1, resample: "never" }) as World,
    kind: "clusterId",
    quality: "educativeness",
  },
  ...Object.fromEntries(
    Object.entries(ownWorlds).map(([name, world]) => [
      name,
      { world, ...(fields[name] ?? { kind: "genre", quality: "length" }) },
    ]),
  ),
};

/** A number of a document; the documents of the counting world are numbers themselves. */
function partOf(document: unknown, name: string): number {
  return name === "" ? (document as number) : (document as Readonly<Record<string, number>>)[name]!;
}

const kinds = 3;

function table({ kind, quality }: Case) {
  const kindOf = (document: unknown): number => partOf(document, kind) % kinds;
  return {
    rewards: metrics.sum(({ reward }: { reward: number }) => reward),
    averages: metrics.mean(({ reward }: { reward: number }) => reward, { series: "averaged", label: "x", unit: "s" }),
    ends: metrics.last(({ reward }: { reward: number }) => reward, { series: false }),
    best: metrics.episode({
      begin: () => [] as number[],
      add: (seen, { reward }: { reward: number }) => [...seen, reward],
      value: (seen) => Math.max(...seen),
    }),
    perSlot: metrics.ratio(
      ({ reward }: MetricStep) => reward,
      ({ slate }) => slate.length,
    ),
    clicked: metrics.clickThroughRate(),
    inFirst: metrics.clicksInCluster(1, kindOf),
    quality: metrics.clickedQuality((document) => partOf(document, quality)),
    diversity: metrics.slateDiversity(kindOf),
    coverage: metrics.catalogueCoverage(kinds, kindOf),
  };
}

/** What a trace shows of a step. */
interface Told {
  readonly reward: number;
  readonly kinds: readonly number[];
  readonly clicked: { readonly kind: number; readonly quality: number } | undefined;
}

function told(each: Case, policy: RunPolicy, user: number): Told[] {
  return trace(each.world, policy, { user, seed: "m", steps: 4 }).steps.map(({ candidates, slate, choice, reward }) => {
    const documents = slate.map((position) => {
      const shown = candidates[position] as { document?: unknown };
      const document = shown.document ?? shown;
      return { kind: partOf(document, each.kind) % kinds, quality: partOf(document, each.quality) };
    });
    return { reward, kinds: documents.map(({ kind }) => kind), clicked: documents[choice] };
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, x) => total + x, 0);

/** One number for each episode. */
const perEpisode: Readonly<Record<string, (steps: readonly Told[], warmUp: number) => number>> = {
  rewards: (steps, warmUp) => sum(steps.slice(warmUp).map(({ reward }) => reward)),
  averages: (steps, warmUp) => average(steps.slice(warmUp).map(({ reward }) => reward)),
  ends: (steps) => steps.at(-1)!.reward,
  best: (steps) => Math.max(...steps.map(({ reward }) => reward)),
  inFirst: (steps, warmUp) => steps.slice(warmUp).filter(({ clicked }) => clicked?.kind === 1).length,
  diversity: (steps, warmUp) => average(steps.slice(warmUp).map((step) => differing(step.kinds))),
  coverage: (steps) => new Set(steps.flatMap((step) => step.kinds)).size / kinds,
};

/** Numerator and denominator of each step. */
const perStep: Readonly<Record<string, (step: Told) => readonly [number, number]>> = {
  perSlot: (step) => [step.reward, step.kinds.length],
  clicked: ({ clicked, kinds: shown }) => [clicked ? 1 : 0, shown.length],
  quality: ({ clicked }) => [clicked?.quality ?? 0, clicked ? 1 : 0],
};

function average(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : sum(numbers) / numbers.length;
}

function differing(shown: readonly number[]): number {
  const pairs = shown.flatMap((a, at) => shown.slice(at + 1).map((b) => (a === b ? 0 : 1)));
  return average(pairs);
}

function expectMoments(moments: Moments, values: readonly number[], what: string): void {
  const mean = average(values);
  const variance = sum(values.map((x) => (x - mean) ** 2)) / (values.length - 1);
  expectRecorded(moments.mean, mean, `${what}: mean`);
  expectRecorded(moments.variance, variance, `${what}: variance`, 1e-10);
  expectRecorded(moments.standardError, Math.sqrt(variance / values.length), `${what}: standard error`, 1e-10);
  expect([moments.min, moments.max], what).toEqual([Math.min(...values), Math.max(...values)]);
}

/** Of the ratio of two sums over steps, with users as clusters. */
function expectRatio(moments: Moments, users: readonly (readonly (readonly [number, number])[])[], what: string): void {
  const pairs = users.map((steps) => steps.filter(([, b]) => b !== 0));
  const [above, below] = [0, 1].map((part) => pairs.map((steps) => sum(steps.map((pair) => pair[part]!))));
  const ratio = sum(above!) / sum(below!);
  const squares = sum(above!.map((a, user) => (a - ratio * below![user]!) ** 2));
  const error = Math.sqrt((squares * users.length) / (users.length - 1)) / sum(below!);
  const each = pairs.flat().map(([a, b]) => a / b);
  expectRecorded(moments.mean, ratio, `${what}: ratio`);
  expectRecorded(moments.standardError, error, `${what}: standard error`, 1e-10);
  const range = each.length === 0 ? [NaN, NaN] : [Math.min(...each), Math.max(...each)];
  expect([moments.min, moments.max], what).toEqual(range);
}

describe.each(Object.entries(cases))("metrics in %s", (_, each) => {
  const inOrder: RunPolicy = {
    name: "in order",
    fillSlates: ({ user }, slates) => slates.forEach((_p, at) => (slates[at] = at % (slates.length / user.length))),
  };
  const given = [
    policies.first(),
    policies.random(),
    each.world.userDefined ? inOrder : (curious as RunPolicy),
    fading,
  ];

  test.each(given.map((policy) => [policy.name, policy] as const))(
    "are those of the traced episodes: %s",
    async (_name, policy) => {
      const options = { users: 30, firstUser: 11, seed: "m", steps: 4 };
      const episodes = Array.from({ length: options.users }, (_u, at) => told(each, policy, 11 + at));
      for (const warmUp of [0, 2]) {
        const run = await simulate(each.world, policy, { ...options, warmUp, metrics: table(each) as never });
        const found = metricsByName(run.metrics);
        for (const [name, value] of Object.entries(perEpisode)) {
          expectMoments(
            found[name]!,
            episodes.map((steps) => value(steps, warmUp)),
            name,
          );
        }
        for (const [name, pair] of Object.entries(perStep)) {
          expectRatio(
            found[name]!,
            episodes.map((steps) => steps.slice(warmUp).map(pair)),
            name,
          );
        }
        expect(found["rewards"]).toEqual(found.totalReward);
        const { users, reward, rewards, averaged, diversity, ...others } = found.perStep;
        expect([rewards, averaged]).toEqual([reward, reward]);
        const steps = users.map((_count, step) => episodes.flatMap((all) => all.slice(step, step + 1)));
        const means = steps.map((those) => average(those.map((one) => differing(one.kinds))));
        means.forEach((mean, step) => expectRecorded(diversity!.mean[step], mean, `diversity at step ${step}`));
        const declared = Object.entries(each.world.metrics).map(([name, metric]) => seriesName(name, metric));
        const named = [...declared, each.world.rewardName].filter((name) => name !== undefined);
        expect(Object.keys(others)).toEqual(named);
      }
    },
  );

  test("change nothing else about a run, and merge as the run does", async () => {
    const options = { users: 4096 + 50, seed: "m", steps: 2 };
    const more = { metrics: table(each) as never };
    const { metrics: plain, digest } = await simulate(each.world, policies.random(), options);
    const whole = await simulate(each.world, policies.random(), { ...options, ...more });
    expect(whole.digest).toBe(digest);
    expect(whole.metrics).toMatchObject(plain);
    const left = await simulate(each.world, policies.random(), { ...options, ...more, users: 4096 });
    const right = await simulate(each.world, policies.random(), { ...options, ...more, users: 50, firstUser: 4096 });
    expect(mergeRuns(left, right).metrics).toEqual(whole.metrics);
    const fewer = await simulate(each.world, policies.random(), {
      ...options,
      users: 50,
      firstUser: 4096,
      engine: "reference",
    });
    expect(() => mergeRuns(left, fewer)).toThrow("the runs' metrics differ");
  });
});
