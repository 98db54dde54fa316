// Speed of interest evolution and interest exploration beside RecSim's own environments. `npm run bench:interest`.
import { processClock } from "./clock.js";
import { showMachine } from "./machine.js";
import { interestEvolution, interestExploration, policies, simulate, table, type World } from "./package.js";
import { clearProgress, showProgress } from "./progress.js";
import { spread } from "./spread.js";

const ROUNDS = 9;
const USERS = 16_384;
/** User-steps a second of RecSim 0.2.4's two environments under random slates, on one core: the slower and the faster figure. */
const RECSIM = [2700, 4100] as const;

const worlds: readonly World[] = [
  interestEvolution(),
  interestEvolution({ slateSize: 3 }),
  interestEvolution({ slateSize: 3, numCandidates: 20 }),
  interestExploration(),
];
const ways = worlds.flatMap((world) => [policies.random(), policies.first()].map((policy) => ({ world, policy })));
const speeds = ways.map((): number[] => []);

/** User-steps a second of CPU time. */
async function measure({ world, policy }: (typeof ways)[number], seed: number): Promise<number> {
  const start = processClock();
  const { metrics } = await simulate(world, policy, { users: USERS, seed });
  return (USERS * metrics.episodeLength.mean) / (processClock() - start);
}

for (let round = 0; round <= ROUNDS; round++) {
  showProgress(round, ROUNDS);
  for (const [at, way] of ways.entries()) speeds[at]!.push(await measure(way, round));
  if (round === 0) speeds.forEach((measured) => measured.splice(0)); // warm now
}
clearProgress();

function cells({ world, policy }: (typeof ways)[number], at: number): string[] {
  const { median, min, max } = spread(speeds[at]!);
  const times = RECSIM.toReversed().map((steps) => Math.round(median / steps).toLocaleString("en"));
  return [
    world.scenario,
    `${world.slateSize} of ${world.numCandidates}`,
    policy.name,
    ...[median, min, max].map((speed) => (speed / 1e6).toFixed(2)),
    `${times.join(" to ")}×`,
  ];
}

const titles = ["world", "slate", "policy", "M/s user-steps", "from", "to", "RecSim's speed"];
console.log(table([titles, ...ways.map(cells)]));
console.log(`\nCPU time of one thread: median, least and most of ${ROUNDS} rounds in turn, after one to warm up.`);
console.log(`RecSim 0.2.4 makes ${RECSIM.join(" to ")} steps a second.\n${showMachine()}`);
