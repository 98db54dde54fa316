import { add, configure, suite } from "benny";
import type { Contender } from "./contender.js";
import { Score } from "./score.js";

// One sample takes 50 ms or one call, whichever is longer.
const CASES = { minSamples: 3, maxTime: 0.1 };

/**
 * Times all contenders in turn, `rounds` times after one round to warm up. Every round begins with another contender:
 * what slows the machine down for a while then slows neighbours alike, and their ratio holds.
 */
export async function runRounds(
  contenders: readonly Contender[],
  rounds: number,
  onRound: (round: number) => void,
): Promise<Score[]> {
  const scores = contenders.map((contender) => new Score(contender));
  for (let round = 0; round <= rounds; round++) {
    onRound(round);
    const first = round % scores.length;
    const order = [...scores.slice(first), ...scores.slice(0, first)];
    const seconds = await quietly(() => timeOnce(order));
    if (round > 0) order.forEach((score, i) => score.addRound(seconds[i]!));
  }
  return scores;
}

/** Seconds a call, in the order of the scores. */
async function timeOnce(scores: readonly Score[]): Promise<number[]> {
  const cases = scores.map((score, i) => add(String(i), () => score.live()));
  const { results } = await suite("round", ...cases, configure({ cases: CASES }));
  return results.map((result) => result.details.median);
}

/** benny announces each suite on stdout, where only the table belongs. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { log } = console;
  console.log = () => {};
  try {
    return await work();
  } finally {
    console.log = log;
  }
}
