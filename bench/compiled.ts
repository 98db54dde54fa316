// Speed of compiled worlds: beside the hand-written kernel and beside closures of the same model, and of RecSim's other two environments
// beside RecSim. `npm run bench:compiled`.
import { NOTEBOOK_FILE, notebookWorld } from "./candidates/notebookWorld.js";
import { compileFile } from "./candidates/worldFile.js";
import { processClock } from "./clock.js";
import { showMachine } from "./machine.js";
import {
  interestEvolution,
  interestExploration,
  policies,
  scenarios,
  simulate,
  table,
  type BuiltInPolicy,
  type World,
} from "./package.js";
import { clearProgress, showProgress } from "./progress.js";
import { spread, type Spread } from "./spread.js";

const ROUNDS = 9;
/** User-steps a second of RecSim 0.2.4's two environments under random slates, on one core: the slower and the faster figure. */
const RECSIM = [2700, 4100] as const;

interface Way {
  readonly model: string;
  readonly kind: "hand-written kernel" | "compiled" | "closures";
  readonly world: World;
  readonly policy: BuiltInPolicy;
  /** So many that a measurement takes some tenths of a second. */
  readonly users: number;
}

/** The model of the notebook's code three ways: the same operations. */
async function notebookWays(): Promise<Way[]> {
  const compiled = await compileFile(NOTEBOOK_FILE);
  return [policies.first(), policies.mostEducational()].flatMap((policy) => [
    {
      ...notebook,
      kind: "hand-written kernel",
      world: scenarios["lts-notebook"] as unknown as World,
      policy,
      users: 131_072,
    },
    { ...notebook, kind: "compiled", world: compiled, policy, users: 65_536 },
    { ...notebook, kind: "closures", world: notebookWorld as unknown as World, policy, users: 2048 },
  ]);
}
const notebook = { model: "the notebook's" } as const;

function randomAndFirst(world: World, model: string = world.scenario): Way[] {
  return [policies.random(), policies.first()].map((policy) => ({
    model,
    kind: "compiled",
    world,
    policy,
    users: 16_384,
  }));
}

const recSimWays = [
  interestEvolution(),
  interestEvolution({ slateSize: 3 }),
  interestEvolution({ slateSize: 3, numCandidates: 20 }),
  interestExploration(),
].flatMap((world) => randomAndFirst(world));
const ways: readonly Way[] = [
  ...(await notebookWays()),
  ...randomAndFirst(await compileFile("examples/people.world.ts"), "people, Activity 3"),
  ...recSimWays,
];
const speeds = ways.map((): number[] => []);

/** User-steps a second of CPU time. */
async function measure({ world, policy, users }: Way, seed: number): Promise<number> {
  const start = processClock();
  const { metrics } = await simulate(world, policy, { users, seed });
  return (users * metrics.episodeLength.mean) / (processClock() - start);
}

for (let round = 0; round <= ROUNDS; round++) {
  showProgress(round, ROUNDS);
  for (const [at, way] of ways.entries()) speeds[at]!.push(await measure(way, round));
  if (round === 0) speeds.forEach((measured) => measured.splice(0)); // warm now
}
clearProgress();

/** How many times as fast a way is as another of the same model and policy, round by round. */
function ratio(at: number, kind: Way["kind"]): Spread | undefined {
  const { model, policy } = ways[at]!;
  const other = ways.findIndex((way) => way.model === model && way.policy.name === policy.name && way.kind === kind);
  if (other < 0) return undefined;
  return spread(speeds[at]!.map((speed, round) => speed / speeds[other]![round]!));
}

function shownRatio(found: Spread | undefined, digits: number): string {
  return found === undefined ? "" : `${found.median.toFixed(digits)}×`;
}

function recSimRatio(way: Way, median: number): string {
  if (!recSimWays.includes(way)) return "";
  return `${RECSIM.toReversed()
    .map((steps) => Math.round(median / steps).toLocaleString("en"))
    .join(" to ")}×`;
}

function cells(way: Way, at: number): string[] {
  const { median, min, max } = spread(speeds[at]!);
  return [
    way.model,
    `${way.world.slateSize} of ${way.world.numCandidates}`,
    way.policy.name,
    way.kind,
    ...[median, min, max].map((speed) => (speed / 1e6).toFixed(2)),
    shownRatio(ratio(at, "closures"), 1),
    shownRatio(ratio(at, "hand-written kernel"), 2),
    recSimRatio(way, median),
  ];
}

const titles = [
  "model",
  "slate",
  "policy",
  "world",
  "M/s user-steps",
  "from",
  "to",
  "closures",
  "hand-written",
  "RecSim",
];
console.log(table([titles, ...ways.map(cells)]));
console.log(`\nCPU time of one thread: median, least and most of ${ROUNDS} rounds in turn, after one to warm up.`);
console.log(
  "Last columns: how many times as fast as closures, the hand-written kernel and RecSim, medians of the rounds.",
);
console.log(`RecSim 0.2.4 makes ${RECSIM.join(" to ")} steps a second.\n${showMachine()}`);
