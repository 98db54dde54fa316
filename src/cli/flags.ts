import { chartKinds } from "../charts/chartKinds.js";
import { policyNames } from "../policies/parsePolicy.js";
import { DEFAULT_SEED, seedText } from "../random/seedKey.js";
import { DEFAULT_SCENARIO, SCENARIO_NAMES } from "../worlds/scenarios.js";
import { asNumber, asText, list, toggle, value } from "./flag.js";
import { readSeed } from "./readSeed.js";

export const POLICIES = policyNames.join(", ");
export const SCENARIOS = SCENARIO_NAMES.join(", ");
export const DEFAULT_POLICY = "random";

/** Files that stand for parameters; `readTables` reads them. */
export const tableFlags = {
  usersFrom: value(
    "--users-from FILE",
    "Give every user the parameters of a row of FILE, a table as .csv, .json or .parquet: user i those of row i, modulo the number of rows.",
    asText,
  ),
  documentsFrom: value(
    "--documents-from FILE",
    "Take the documents from FILE, a table of educativeness and clusterId as .csv, .json or .parquet.",
    asText,
  ),
};

/** The flags that more than one command understands, in groups. */
export const scenarioFlags = {
  scenario: value("--scenario NAME", `Simulate scenario NAME: ${SCENARIOS}.`, asText).default(
    undefined,
    DEFAULT_SCENARIO,
  ),
  param: list(
    "--param NAME=VALUE",
    "Set parameter NAME of the world to VALUE, which may be a distribution such as uniform(0,1) in a scenario.",
  ).standsFor("parameters", "worldChanges"),
  ...tableFlags,
};

/** A world, by scenario or from a module; `readWorld` reads it. */
export const worldFlags = {
  ...scenarioFlags,
  world: value(
    "--world FILE#EXPORT",
    "Simulate the world EXPORT of module FILE; FILE alone stands for its default export, or is a world file (.world.ts). Excludes --scenario and tables; only a world file has --param.",
    asText,
  ).standsOnlyFor("world module", "worldModule"), // the field "world" of a training's settings is a hash
};

/** One policy, by name or from a module; `readOnePolicy` reads it, with or without `agentModule`. */
export const policyFlags = {
  policy: value("--policy NAME", `Fill the slates by policy NAME: ${POLICIES}. Excludes policies from modules.`, asText)
    .default(undefined, DEFAULT_POLICY)
    .standsFor("policies"),
  policyModule: value(
    "--policy-module FILE#EXPORT",
    "Fill the slates by the batch or agent policy EXPORT of module FILE; FILE alone stands for its default export. Excludes --policy.",
    asText,
  ).standsFor("policy module"),
};

export const agentModule = value(
  "--agent-module FILE#EXPORT",
  "Fill the slates by agents, one for each user, that the function EXPORT of module FILE creates; FILE alone stands for its default export. Excludes --policy and --policy-module.",
  asText,
).standsFor("agent module");

export const userFlags = {
  users: value("--users COUNT", "Simulate COUNT users.", asNumber).default(undefined, "100000"),
  firstUser: value("--first-user INDEX", "Number the users from INDEX on.", asNumber, 0),
  steps: value("--steps COUNT", "Simulate the first COUNT steps of each episode.", asNumber).default(
    undefined,
    "the scenario's timeBudget",
  ),
  seed: value(
    "--seed TEXT",
    "Draw from the random streams of TEXT, words or a number; the same seed gives the same bits. A text that reads as a number is that number: 007 is 7.",
    readSeed,
    seedText(DEFAULT_SEED),
  ),
};

/** Flags of the commands that simulate many users. */
export const simulationFlags = {
  users: value("--users COUNT", "Simulate COUNT users. Excludes --precision.", asNumber).default(undefined, "100000"),
  precision: value(
    "--precision WIDTH",
    "Stop when half the 95 % confidence interval is at most WIDTH: units of the reward (0.5) or percent of the mean (0.1%). Excludes --users; see --max-users.",
    asText,
  ).standsFor("precision.halfWidth", "precision.relative"),
  maxUsers: value(
    "--max-users COUNT",
    "Stop after COUNT users even if the precision is not met. Needs --precision.",
    asNumber,
  ).default(undefined, "100000000"),
  estimator: value(
    "--estimator NAME",
    "Make total reward of what is sampled, of its conditional expectations, or of these with control variates, which need a fraction of the users: sampled, expected, controlled.",
    asText,
    "sampled",
  ),
  discount: value(
    "--discount GAMMA",
    "Count a reward t steps after the warm-up GAMMA^t times; a number in [0, 1].",
    asNumber,
  ).default(undefined, "1"),
  warmUp: value(
    "--warm-up COUNT",
    "Leave the first COUNT steps of each episode out of totals, averages and clicks.",
    asNumber,
  ).default(undefined, "0"),
  engine: value(
    "--engine NAME",
    "Run on the WebAssembly kernel or on the TypeScript reference (same bits, about 50 times slower): kernel, reference.",
    asText,
  ).default(undefined, "the kernel where supported"),
  workers: value(
    "--workers COUNT",
    "Simulate in COUNT threads; auto stands for as many as there are cores.",
    asText,
    "auto",
  ),
  out: value("--out FOLDER", "Keep finished blocks in FOLDER; the same command continues from them.", asText),
  repair: toggle(
    "--repair",
    "Continue from the sound blocks of a folder whose study file is damaged or missing. Needs --out.",
  ),
  force: toggle("--force", "Replace files that slatesim did not write."),
};

/** Names of the policies that take a world's solution; loaded, as all that solves, when they are asked for. */
export const SOLVED_POLICIES = ["optimal", "belief"] as const;

/** Whether a name is one of these. */
export function isSolved(name: string | undefined): name is (typeof SOLVED_POLICIES)[number] {
  return (SOLVED_POLICIES as readonly (string | undefined)[]).includes(name);
}

/** Flag of the commands that report regret. */
export const regret = toggle("--regret", "Solve the world, too, and report how far each return is from the optimum.");

export const json = toggle("--json", "Print one JSON document instead of text.");

/** Flag of the commands whose result is a table, too: see tableTarget.ts. */
export const csv = value(
  "--csv FILE",
  "Write the result as a table to FILE, as .csv, .jsonl or .parquet; - stands for CSV on stdout, and all else goes to stderr.",
  asText,
);

/** Files that show a result; `readReportFiles` reads them. */
export const reportFlags = {
  report: value(
    "--report FILE.html",
    "Write a report of the result, with charts, to FILE.html: one file, no network.",
    asText,
  ),
  chart: value(
    "--chart FILE.svg",
    "Write a chart of the result to FILE.svg, or to FILE.png where rsvg-convert is installed.",
    asText,
  ),
  kind: value(
    "--kind NAME",
    `Draw this kind of chart, if the result has it: ${Object.keys(chartKinds).join(", ")}. Needs --chart.`,
    asText,
  ).default(undefined, "the most telling of the result"),
};

/** Flag that `train` and `eval` share. */
export const maxStepsPerEpisode = value(
  "--max-steps-per-episode COUNT",
  "Cut episodes off after COUNT steps.",
  asNumber,
  27_000,
);

/** Default number of users whose episodes are written. */
export const SAMPLE = 100;

/** Flags of the trajectories that `run` writes: see trajectories.ts. */
export const trajectoryFlags = {
  trajectories: value(
    "--trajectories FILE",
    "Write the episodes of some users step by step to FILE, as .csv, .jsonl or .parquet.",
    asText,
  ),
  trajectoryUsers: value(
    "--trajectory-users LIST",
    "Write the users in LIST, such as 0,5,10-20. Needs --trajectories; excludes --trajectory-sample.",
    asText,
  ),
  trajectorySample: value(
    "--trajectory-sample COUNT",
    "Write a random sample of COUNT users. Needs --trajectories; excludes --trajectory-users.",
    asNumber,
  ).default(undefined, String(SAMPLE)),
};
