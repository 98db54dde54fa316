// How the kernel's time grows with users, steps and candidates: `npm run bench:scaling`.
import type { Candidate } from "./candidate.js";
import { kernel } from "./candidates/engines.js";
import { showMachine } from "./machine.js";
import { longTermSatisfaction, policies, table } from "./package.js";
import { clearProgress, showProgress } from "./progress.js";
import { runRounds } from "./rounds.js";
import type { Score } from "./score.js";
import { spread } from "./spread.js";

const ROUNDS = 3;

interface Shape {
  readonly users: number;
  readonly steps: number;
  readonly candidates: number;
}

const shapes: readonly Shape[] = [
  ...[1e3, 1e4, 1e5, 1e6].map((users) => ({ users, steps: 60, candidates: 10 })),
  ...[10, 100, 1000, 10_000].map((steps) => ({ users: 1024, steps, candidates: 10 })),
  ...[10, 100, 1000, 4000].map((candidates) => ({ users: 256, steps: 60, candidates })),
];

const TITLES = ["users", "steps", "candidates", "user-steps", "ns a user-step", "from", "to", "ns a candidate"];

const timed = await Promise.all(shapes.map(enter));
const scores = await runRounds(timed, ROUNDS, (round) => showProgress(round, ROUNDS));
clearProgress();
console.log(table([TITLES, ...shapes.map((shape, i) => cellsOf(shape, scores[i]!))]));
console.log(`\nTop 3 of the candidates; CPU time, median, least and most of ${ROUNDS} rounds after one to warm up.`);
console.log(showMachine());

function enter({ users, steps, candidates }: Shape): Promise<Candidate> {
  const world = longTermSatisfaction({ timeBudget: steps, numCandidates: candidates });
  return kernel({ name: "top 3", world, policy: policies.mostEducational() }, users);
}

function cellsOf({ users, steps, candidates }: Shape, { speeds }: Score): string[] {
  const { median, min, max } = spread(speeds.map((speed) => 1e9 / speed));
  const whole = [users, steps, candidates, users * steps].map((count) => count.toLocaleString("en"));
  return [...whole, ...[median, min, max, median / candidates].map((nanoseconds) => nanoseconds.toFixed(1))];
}
