import { add, configure, suite } from "benny";
import type { Candidate } from "./candidate.js";
import { Score } from "./score.js";

// One sample takes 50 ms or one call, whichever is longer.
const CASES = { minSamples: 3, maxTime: 0.1 };

/**
 * Times all candidates in turn, `rounds` times after one round to warm up. Every round begins with another candidate:
 * what slows the machine down for a while then slows neighbours alike, and their ratio holds.
 */
export async function runRounds(
  candidates: readonly Candidate[],
  rounds: number,
  onRound: (round: number) => void,
): Promise<Score[]> {
  const scores = candidates.map((candidate) => new Score(candidate));
  for (let round = 0; round <= rounds; round++) {
    onRound(round);
    const first = round % scores.length;
    await quietly(() => runOnce([...scores.slice(first), ...scores.slice(0, first)]));
    const speeds = scores.map((score) => score.endRound());
    if (round > 0) scores.forEach((score, i) => score.speeds.push(speeds[i]!));
  }
  return scores;
}

/** benny decides how often to call each; its wall-clock times are left, as the scores take CPU time. */
async function runOnce(scores: readonly Score[]): Promise<void> {
  const cases = scores.map((score, i) => add(String(i), () => score.run()));
  await suite("round", ...cases, configure({ cases: CASES }));
}

/** benny announces each suite on stdout, where only the table belongs. */
export async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { log } = console;
  console.log = () => {};
  try {
    return await work();
  } finally {
    console.log = log;
  }
}
