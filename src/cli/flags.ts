import { DEFAULT_SEED, seedText } from "../random/seedKey.js";

/** What a flag holds: words, a seed's text, a number, words given any number of times, or whether it is there at all. */
type FlagType = "text" | "seed" | "number" | "list" | "switch";

export interface Flag {
  readonly type: FlagType;
  /** What stands for the value in the help, as in `--users count`. */
  readonly value?: string;
  readonly help: string;
  readonly default?: string | number;
  /** What is taken unless it is given, in a command that has to know whether it was. */
  readonly unlessGiven?: string;
}

export type FlagTable = Readonly<Record<string, Flag>>;

/** Every flag that more than one command understands; the parser and the help are made from it. */
export const commonFlags = {
  scenario: { type: "text", value: "name", help: "lts, lts-notebook, choc-kale or lts-tradeoff", default: "lts" },
  param: { type: "list", value: "name=value", help: "change a parameter of the scenario (repeatable)" },
  policy: {
    type: "text",
    value: "name",
    help: "first, random, most-educational, least-educational or mix(m)",
    default: "random",
  },
  users: { type: "number", value: "count", help: "how many users to simulate [default 100000]" },
  steps: { type: "number", value: "count", help: "steps per user; unless given, the scenario's timeBudget" },
  seed: {
    type: "seed",
    value: "text",
    help: "words or a number; the same seed gives the same bits",
    default: seedText(DEFAULT_SEED),
  },
  "first-user": { type: "number", value: "index", help: "simulate the users from this one on", default: 0 },
  engine: {
    type: "text",
    value: "name",
    help: "kernel or reference: the same bits, fast or plain; unless given, the kernel where it can",
  },
  json: { type: "switch", help: "print one JSON document instead" },
} as const;

/** One policy, a built-in one or somebody's own; `readOnePolicy` reads it. */
export const policyFlags = {
  policy: { type: "text", value: commonFlags.policy.value, help: `${commonFlags.policy.help} [default random]` },
  "policy-module": {
    type: "text",
    value: "file#export",
    help: "instead: a batch or agent policy that a module exports",
  },
} as const satisfies FlagTable;

/** What commands understand that live many users. */
export const volumeFlags = {
  estimator: {
    type: "text",
    value: "name",
    help: "of total engagement: sampled, or expected given state and slate, with less variance",
    default: "sampled",
  },
  workers: { type: "text", value: "count", help: "threads, or auto: as many as there are cores", default: "auto" },
  precision: {
    type: "text",
    value: "width",
    help: "instead of users: go on until half the 95 % interval is 0.1% of the mean, or 0.5 in seconds",
  },
  "max-users": {
    type: "number",
    value: "count",
    help: "end there even if the precision is not met [default 100000000]",
  },
  out: { type: "text", value: "folder", help: "keep finished blocks there; the same command goes on from them" },
  repair: { type: "switch", help: "go on from the whole blocks of a folder whose study file is damaged or gone" },
  force: { type: "switch", help: "write over files that slatesim did not make, too" },
} as const satisfies FlagTable;

/** The values a flag table yields: flags without a default may be undefined, lists may be empty. */
export type FlagValues<Table extends FlagTable> = {
  readonly [Name in keyof Table]: ValueOf<Table[Name]>;
};

interface TypeOf {
  text: string;
  seed: string;
  number: number;
  list: readonly string[];
  switch: boolean;
}

type ValueOf<F extends Flag> =
  | TypeOf[F["type"]]
  | (F extends { type: "list" | "switch" } | { default: string | number } ? never : undefined);
