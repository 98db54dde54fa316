// What the Monte Carlo engine saves: threads, common random numbers, expectations, control variates. `npm run bench:montecarlo`.
import { add, configure, suite } from "benny";
import { showMachine } from "./machine.js";
import { compare, policies, scenarios, simulate, table, type Estimator } from "./package.js";
import { clearProgress, showProgress } from "./progress.js";
import { quietly } from "./rounds.js";
import { spread } from "./spread.js";

const ROUNDS = 5;
const world = scenarios["lts-tradeoff"]!;
const [a, b] = [policies.mix(2), policies.mix(3)];
/** Half of the 95 % interval of the mean difference, in seconds, that all ways are to reach: 0.01 % of the first policy's mean. */
const HALF_WIDTH = 0.0924;
/** Ways that need more users are measured with so many, and their time is that of as many more as they need. */
const MAX_USERS = 400_000;
const Z_95 = 1.959963984540054;

/** One way to come to an answer. */
interface Way {
  readonly group: string;
  readonly name: string;
  /** How many it needs, and with how many it is measured. */
  readonly users: number;
  readonly measured: number;
  /** Half-width of the answer that it came to. */
  readonly run: () => Promise<number>;
}

async function difference(users: number, estimator: Estimator): Promise<number> {
  const { pairs } = await compare(world, [a, b], { users, seed: "bench", estimator });
  return Z_95 * pairs[0]!.difference.standardError;
}

async function independentDifference(users: number): Promise<number> {
  const first = await simulate(world, a, { users, seed: "bench 1" });
  const second = await simulate(world, b, { users, seed: "bench 2" });
  const errors = [first, second].map(({ metrics }) => metrics.totalEngagement.standardError);
  return Z_95 * Math.hypot(errors[0]!, errors[1]!);
}

async function means(users: number, workers: number): Promise<number> {
  const { metrics } = await simulate(world, policies.first(), { users, seed: "bench", workers });
  return Z_95 * metrics.totalEngagement.standardError;
}

/** As many users as make the half-width of a pilot's answer the wanted one. */
async function enough(run: (users: number) => Promise<number>): Promise<number> {
  const pilot = 100_000;
  return Math.ceil(pilot * ((await run(pilot)) / HALF_WIDTH) ** 2);
}

async function reaching(name: string, run: (users: number) => Promise<number>): Promise<Way> {
  const users = await enough(run);
  const measured = Math.min(users, MAX_USERS);
  return { group: "difference ±0.01 %", name, users, measured, run: () => run(measured) };
}

function threads(workers: number): Way {
  const users = 10_000_000;
  return {
    group: "mean of 10⁷ users",
    name: `${workers} thread${workers > 1 ? "s" : ""}`,
    users,
    measured: users,
    run: () => means(users, workers),
  };
}

const ways: readonly Way[] = [
  await reaching("independent runs", independentDifference),
  await reaching("same users", (users) => difference(users, "sampled")),
  await reaching("same users, expected", (users) => difference(users, "expected")),
  await reaching("same users, controlled", (users) => difference(users, "controlled")),
  threads(1),
  threads(2),
];

const seconds = ways.map((): number[] => []);
const reached = ways.map(() => NaN);

/** Wall time, as threads save nothing else. */
async function round(): Promise<void> {
  let probing = true;
  const cases = ways.map(({ run }, at) =>
    add(String(at), () => async () => {
      if (probing) return;
      const start = performance.now();
      reached[at] = await run();
      seconds[at]!.push((performance.now() - start) / 1000);
    }),
  );
  await quietly(() => {
    const done = suite("round", ...cases, configure({ cases: { minSamples: 1, maxTime: 0 } }));
    probing = false; // benny has called them all, at once, to see which are asynchronous
    return done;
  });
}

for (let number = 0; number <= ROUNDS; number++) {
  showProgress(number, ROUNDS);
  await round();
  if (number === 0) seconds.forEach((times) => times.splice(0)); // warm now
}
clearProgress();

/** Seconds of all the users that a way needs. */
function secondsOf(at: number): ReturnType<typeof spread> {
  const { users, measured } = ways[at]!;
  return spread(seconds[at]!.map((time) => (time * users) / measured));
}

function cells({ group, name, users, measured }: Way, at: number): string[] {
  const first = ways.findIndex((way) => way.group === group);
  const times = secondsOf(at);
  const saved = secondsOf(first).median / times.median;
  return [
    group,
    name,
    users.toLocaleString("en"),
    formatTimes(ways[first]!.users / users),
    `±${(reached[at]! * Math.sqrt(measured / users)).toFixed(4)}`,
    ...[times.median, times.min, times.max].map((time) => time.toFixed(3)),
    formatTimes(saved),
  ];
}

function formatTimes(times: number): string {
  return `${times < 100 ? times.toFixed(2) : Math.round(times).toLocaleString("en")}×`;
}

const titles = ["answer", "way", "users a policy", "fewer", "reached", "seconds", "from", "to", "faster"];
console.log(table([titles, ...ways.map(cells)]));
console.log(
  `\n${b.name} against ${a.name} in ${world.scenario}; wall time, median, least and most, in turn, ${ROUNDS} rounds after one to warm up.`,
);
console.log(showMachine());
