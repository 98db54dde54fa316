import { z } from "zod";

/** Users are numbered with 32 bits. */
const MOST = 2 ** 32 - 1;

/** A text, a number, and so on, under the rule that errors and the JSON Schema state. */
const text = (rule: string) => z.string(rule).min(1, rule).describe(rule);
const integer = (min: number, max: number) => {
  const rule = `an integer in [${min}, ${max}]`;
  return z.int(rule).min(min, rule).max(max, rule).describe(rule);
};
const listOf = <Item extends z.ZodType>(rule: string, item: Item) => z.array(item, rule).min(1, rule).describe(rule);
const numberOrText = (rule: string) => z.union([z.number(), z.string().min(1)], rule).describe(rule);

const module = text("a module and its export, FILE#EXPORT");
const parameters = z
  .record(z.string(), z.json("a value of a parameter"), "an object of parameters by name")
  .describe(
    "parameters of the scenario, or of the world file, that differ from its own, each a number, a name, or as after --param",
  );
const discount = z.number("a number in [0, 1]").min(0, "a number in [0, 1]").max(1, "a number in [0, 1]");
const seed = numberOrText("a text or a number");

const shared = {
  $schema: z.string("a text").optional(),
  scenario: text("the name of a scenario").optional(),
  parameters: parameters.optional(),
  usersFrom: text("the name of a file").optional(),
  documentsFrom: text("the name of a file").optional(),
  users: integer(1, MOST).optional(),
  firstUser: integer(0, MOST).optional(),
  steps: integer(1, 65_536).optional(),
  estimator: z.enum(["sampled", "expected", "controlled"], 'one of "sampled", "expected", "controlled"').optional(),
  discount: discount.describe("a number in [0, 1]").optional(),
  warmUp: integer(0, 65_535).optional(),
  engine: z.enum(["kernel", "reference"], 'one of "kernel", "reference"').optional(),
};
const ends = {
  precision: numberOrText('a width such as 0.5, or a share such as "0.1%"').optional(),
  maxUsers: integer(1, MOST).optional(),
  seed: seed.optional(),
  world: module.optional(),
};
const policyLists = {
  policies: listOf("a list of names of policies", text("the name of a policy")).optional(),
  policyModules: listOf("a list of modules", module).optional(),
  agentModules: listOf("a list of modules", module).optional(),
  regret: z.boolean("true or false").describe("true or false").optional(),
};
const value = numberOrText("a number or a name");
const spaced = z.strictObject({ from: z.number(), to: z.number(), count: z.int() });
const axisRule = "a list of numbers or names, or { from, to, count }";

/** The fields of a file of an experiment, by the command that runs it. */
export const experiments = {
  run: z.strictObject({
    command: z.literal("run", '"run"'),
    ...shared,
    ...ends,
    policy: text("the name of a policy").optional(),
    policyModule: module.optional(),
    agentModule: module.optional(),
  }),
  compare: z.strictObject({
    command: z.literal("compare", '"compare"'),
    ...shared,
    ...ends,
    ...policyLists,
    baseline: text("the name of a policy").optional(),
    whatIf: listOf("a list of changes such as sensitivity=0.05", text("a change such as sensitivity=0.05")).optional(),
  }),
  sweep: z.strictObject({
    command: z.literal("sweep", '"sweep"'),
    ...shared,
    ...policyLists,
    vary: z
      .record(z.string(), z.union([listOf(axisRule, value), spaced], axisRule), "an object of values by parameter")
      .describe("values of parameters, which make a grid")
      .optional(),
    worlds: listOf("a list of modules", module).optional(),
    seeds: listOf("a list of seeds", seed).optional(),
  }),
};

/** Commands that run an experiment from a file. */
export type ExperimentCommand = keyof typeof experiments;

/** An experiment as it is written down: all that its results depend on, and nothing else. */
export type Experiment = Readonly<Record<string, unknown>> & { readonly command: ExperimentCommand };

/** Returns the JSON Schema of all experiments, which the package publishes as `slatesim/experiment.schema.json`. */
export function experimentSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(z.union(Object.values(experiments)));
  return { $schema, title: "An experiment of slatesim", ...schema };
}
