import { z } from "zod";
import { InvalidInput } from "../check/invalidInput.js";
import { isArray } from "../check/lists.js";
import { expectedMistake } from "../check/mistakes.js";
import { plainOnce } from "../check/plainOnce.js";

// What charts and reports read of results, and of their JSON: null there is a number that there is none of.

const number = z
  .custom<number | null>((value) => typeof value === "number" || value === null, { error: "a number or null" })
  .transform((value) => value ?? NaN);
const numbers = z.array(number);
const interval = z.tuple([number, number]);
const mean = { mean: number, ci95: interval };
const moments = z.looseObject({ ...mean, standardError: number, variance: number });
const series = z.looseObject({ mean: numbers, standardError: numbers });
const distribution = z.looseObject({ edges: numbers, counts: numbers });
const regret = z.looseObject({ ...mean, share: number });
const optional = z.string().optional();
const count = number.optional();

const metrics = z.looseObject({
  totalReward: moments,
  clickPositions: numbers,
  noClicks: number,
  totalRewardDistribution: distribution,
  perStep: z.object({ users: numbers, reward: series }).catchall(series),
});
const about = {
  scenario: z.string(),
  parameters: z.unknown().optional(),
  world: optional,
  seed: optional,
  steps: count,
  users: count,
};
const header = {
  ...about,
  firstUser: count,
  engine: optional,
  streamVersion: count,
  estimator: optional,
  discount: count,
  warmUp: count,
  interrupted: z.boolean().optional(),
};
const run = z.looseObject({ ...header, policy: z.string(), digest: z.string(), metrics });
const policy = z.looseObject({ policy: z.string(), digest: z.string(), parameters: z.unknown().optional(), metrics });
const difference = z.looseObject({ ...mean, standardError: number, simultaneousCi95: interval });
const pair = z.looseObject({ a: z.string(), b: z.string(), difference, significant: z.boolean() });
const comparison = z.looseObject({
  ...header,
  policies: z.array(policy).min(1, { error: "a policy at least" }),
  baseline: optional,
  pairs: z.array(pair),
  regrets: z.array(regret.extend({ policy: z.string() })).optional(),
});
const lift = z.looseObject({ ratio: number, ci95: interval, simultaneousCi95: interval });
const against = { difference: difference.optional(), lift: lift.optional() };
const swept = z.looseObject({
  ...mean,
  ...against,
  policy: z.string(),
  digest: z.string(),
  regret: regret.optional(),
});
const varied = z.custom<number | string>((value) => typeof value === "number" || typeof value === "string", {
  error: "a number or a text",
});
const cell = z
  .looseObject({
    ...against,
    at: z.record(z.string(), varied),
    scenario: z.string(),
    seed: z.string(),
    policies: z.array(swept),
    best: z.string(),
    optimum: z.looseObject({ value: number, valueError: number }).optional(),
  })
  .refine(({ policies, best }) => policies.some((each) => each.policy === best), {
    error: "one of the cell's policies",
    path: ["best"],
  });
const sweep = z.looseObject({
  users: count,
  baseline: z.string(),
  interrupted: z.boolean().optional(),
  cells: z.array(cell).min(1, { error: "a cell at least" }),
});
const settings = z.record(z.string(), z.unknown());
const statistics = z.looseObject({
  iteration: number,
  episodes: number,
  averageEpisodeRewards: number,
  stdEpisodeRewards: number,
});
const regrets = { regrets: z.array(regret).optional(), optimum: number.optional() };
const training = z.looseObject({ settings, iterations: z.array(statistics), ...regrets });
const evaluation = z.looseObject({ settings, evaluations: z.array(statistics), ...regrets });
const point = z.looseObject({ ...mean, iteration: number, regret: regret.optional() });
const curve = z.looseObject({
  settings,
  points: z.array(point),
  optimum: z.looseObject({ value: number }).optional(),
});
const solution = z.looseObject({
  ...about,
  discount: count,
  warmUp: count,
  value: number,
  valueError: number,
  tableValue: number,
  myopicValue: number,
  heldValues: z.array(z.looseObject({ length: number, value: number })),
  policies: z.record(z.string(), number),
  table: z.looseObject({ stateName: z.string(), states: numbers, mix: z.array(numbers) }),
});
const solutions = z
  .array(z.looseObject({ at: z.record(z.string(), number), solution }))
  .min(1, { error: "a solution at least" });

const SHAPES = { run, comparison, sweep, training, evaluation, curve, solution, solutions } as const;

/** Kinds of results, and what is read of them. */
export type ReadShapes = { readonly [Kind in keyof typeof SHAPES]: z.output<(typeof SHAPES)[Kind]> };

/** A result whose kind is known. */
export type ReadResult = {
  readonly [Kind in keyof ReadShapes]: { readonly kind: Kind; readonly of: ReadShapes[Kind] };
}[keyof ReadShapes];

/** Fields that tell the kinds of results apart. */
const FIELDS: readonly (readonly [kind: keyof ReadShapes, ...fields: string[]])[] = [
  ["comparison", "policies", "pairs"],
  ["sweep", "cells", "baseline"],
  ["run", "policy", "metrics"],
  ["curve", "points", "settings"],
  ["training", "iterations", "settings"],
  ["evaluation", "evaluations", "settings"],
  ["solution", "table", "policies"],
];

/** Reads a result once, or its JSON. Throws `InvalidInput` for anything else, with a sentence for each field that is amiss. */
export function readResult(field: string, given: unknown): ReadResult {
  const plain: unknown = plainOnce(field, given);
  const kind = kindOf(plain);
  if (kind === undefined) {
    const rule = "a result of simulate, compare, sweep, replicate, solve, a training or an evaluation, or its JSON";
    throw new InvalidInput([expectedMistake(field, rule, plain)]);
  }
  const read = SHAPES[kind].safeParse(plain);
  if (read.success) return { kind, of: read.data } as ReadResult;
  throw new InvalidInput(
    read.error.issues.map(({ path, message, ...issue }) => {
      const rule = "expected" in issue && issue.code === "invalid_type" ? `a value of type ${issue.expected}` : message;
      return expectedMistake(fieldAt(field, path), rule, valueAt(plain, path));
    }),
  );
}

function kindOf(plain: unknown): keyof ReadShapes | undefined {
  if (isArray(plain)) return "solutions";
  if (typeof plain !== "object" || plain === null) return undefined;
  return FIELDS.find(([, ...fields]) => fields.every((name) => Object.hasOwn(plain, name)))?.[0];
}

function fieldAt(field: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => text + (typeof key === "number" ? `[${key}]` : `.${String(key)}`), field);
}

function valueAt(plain: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (Object(value) as Record<PropertyKey, unknown>)[key], plain);
}
