// What the Monte Carlo engine saves: threads, common random numbers, expectations. `npm run bench:montecarlo`.
import { add, configure, suite } from "benny";
import { showMachine } from "./machine.js";
import { compare, policies, scenarios, simulate, table } from "./package.js";
import { clearProgress, showProgress } from "./progress.js";
import { quietly } from "./rounds.js";
import { spread } from "./spread.js";

const ROUNDS = 5;
const world = scenarios["lts-tradeoff"]!;
const [a, b] = [policies.mix(2), policies.mix(3)];
/** Half of the 95 % interval of the mean difference, in seconds, that all ways are to reach. */
const HALF_WIDTH = 2;
const Z_95 = 1.959963984540054;

/** One way to come to an answer. */
interface Way {
  readonly group: string;
  readonly name: string;
  readonly users: number;
  /** Half-width of the answer that it came to. */
  readonly run: () => Promise<number>;
}

async function difference(users: number, estimator: "sampled" | "expected"): Promise<number> {
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
  return { group: `difference ±${HALF_WIDTH} s`, name, users, run: () => run(users) };
}

function threads(workers: number): Way {
  const users = 10_000_000;
  return {
    group: "mean of 10⁷ users",
    name: `${workers} thread${workers > 1 ? "s" : ""}`,
    users,
    run: () => means(users, workers),
  };
}

const ways: readonly Way[] = [
  await reaching("independent runs", independentDifference),
  await reaching("same users", (users) => difference(users, "sampled")),
  await reaching("same users, expected", (users) => difference(users, "expected")),
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

function cells({ group, name, users }: Way, at: number): string[] {
  const first = ways.findIndex((way) => way.group === group);
  const times = spread(seconds[at]!);
  const saved = spread(seconds[first]!).median / times.median;
  return [
    group,
    name,
    users.toLocaleString("en"),
    (ways[first]!.users / users).toFixed(2) + "×",
    `±${reached[at]!.toFixed(3)}`,
    ...[times.median, times.min, times.max].map((time) => time.toFixed(3)),
    saved.toFixed(2) + "×",
  ];
}

const titles = ["answer", "way", "users a policy", "fewer", "reached", "seconds", "from", "to", "faster"];
console.log(table([titles, ...ways.map(cells)]));
console.log(
  `\n${b.name} against ${a.name} in ${world.scenario}; wall time, median, least and most, in turn, ${ROUNDS} rounds after one to warm up.`,
);
console.log(showMachine());
