import { describeExtent } from "./describeRun.js";
import { decimalsFor, formatInterval, formatNumber, formatSpeed } from "./formatNumber.js";
import type { Run } from "../montecarlo/run.js";
import type { Moments } from "../numeric/moments.js";
import { table } from "./table.js";
import { wrap } from "./wrap.js";

const TITLES = ["policy", "total engagement", "95 % interval", "to random", "final satisfaction", "digest", "speed"];

/** The mixes of one world beside the random slate, on the same users and seed. */
export interface MixComparison {
  readonly random: Run;
  /** `mixes[m]` shows m educational videos; there are at least two. */
  readonly mixes: readonly Run[];
}

export interface MixVerdict {
  /** The m of the mix with the largest mean total engagement; the smaller m when equal. */
  readonly best: number;
  readonly runnerUp: number;
  /** Whether the 95 % intervals of these two lie apart. */
  readonly settled: boolean;
}

/** Which mix earns most, and whether this many users are enough to say so. */
export function judgeMixes(mixes: readonly Run[]): MixVerdict {
  const means = mixes.map((run) => engagement(run).mean);
  const ranked = means.map((_, m) => m).toSorted((a, b) => means[b]! - means[a]!);
  const [best, runnerUp] = [ranked[0]!, ranked[1]!];
  const settled = engagement(mixes[best]!).ci95[0] > engagement(mixes[runnerUp]!).ci95[1];
  return { best, runnerUp, settled };
}

/** A table of all runs, then the answer in one sentence. */
export function describeMix(comparison: MixComparison, world: string, width: number = Infinity): string {
  const { random, mixes } = comparison;
  const verdict = judgeMixes(mixes);
  const rows = [
    mixRow(random.policy, random, random),
    ...mixes.map((run, m) => mixRow(label(m, run, verdict), run, random)),
  ];
  const notes = verdict.settled
    ? [answer(comparison, verdict)]
    : [unsettled(mixes, verdict), answer(comparison, verdict)];
  return [
    wrap([world, ...describeExtent(random), `· ${random.engine} engine`], width),
    table([TITLES, ...rows], width),
    ...notes.map((note) => wrap(note.split(" "), width)),
  ].join("\n\n");
}

function label(m: number, run: Run, verdict: MixVerdict): string {
  return m === verdict.best ? `${run.policy} best` : run.policy;
}

function mixRow(name: string, run: Run, random: Run): string[] {
  const total = engagement(run);
  const satisfaction = run.metrics.finalSatisfaction;
  const decimals = decimalsFor(total.standardError);
  return [
    name,
    formatNumber(total.mean, decimals),
    formatInterval(total.ci95, decimals),
    run === random ? "" : signedPercent(gain(run, random)),
    formatNumber(satisfaction.mean, decimalsFor(satisfaction.standardError)),
    run.digest,
    formatSpeed(run.timing.userStepsPerSecond),
  ];
}

function unsettled(mixes: readonly Run[], verdict: MixVerdict): string {
  const [best, runnerUp] = [mixes[verdict.best]!, mixes[verdict.runnerUp]!];
  const names = `${best.policy} and ${runnerUp.policy}`;
  if (best.digest === runnerUp.digest) return `Not settled: ${names} give the same lives in this world.`;
  return `Not settled at this many users: ${names} are not told apart by their 95 % intervals.`;
}

function answer({ random, mixes }: MixComparison, { best, settled }: MixVerdict): string {
  const run = mixes[best]!;
  const memes = mixes.length - 1 - best;
  const mix = `${counted(best, "educational video")} and ${counted(memes, "meme")} on the slate`;
  const verb = settled ? "keep" : "seem to keep";
  return `${capitalised(mix)} ${verb} people engaged longest: ${comparedWithRandom(run, random)}.`;
}

function comparedWithRandom(run: Run, random: Run): string {
  const { mean, standardError } = engagement(run);
  const total = `${formatNumber(mean, decimalsFor(standardError))} in total per user`;
  const change = gain(run, random);
  if (!Number.isFinite(change)) return total; // with random slates nobody clicked
  return `${total}, ${formatNumber(100 * Math.abs(change), 1)} % ${change < 0 ? "less" : "more"} than random slates`;
}

function engagement(run: Run): Moments {
  return run.metrics.totalEngagement;
}

/** Relative difference in mean total engagement. */
function gain(run: Run, random: Run): number {
  return engagement(run).mean / engagement(random).mean - 1;
}

function signedPercent(share: number): string {
  if (!Number.isFinite(share)) return "–";
  return `${share < 0 ? "-" : "+"}${formatNumber(100 * Math.abs(share), 2)} %`;
}

function counted(count: number, noun: string): string {
  return `${count === 0 ? "no" : count} ${noun}${count === 1 ? "" : "s"}`;
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
