import type { Regret } from "../solve/regret.js";
import { decimalsForAll, formatInterval, formatNumber, formatShare } from "./formatNumber.js";
import { table } from "./table.js";
import { rewardWord, type DescribedWorld } from "./worldWords.js";
import { wrap } from "./wrap.js";

/** The regret of a policy in its world. */
export interface PolicyRegret extends Regret {
  readonly policy: string;
  /** The optimal value of that world, and how far it may be off. */
  readonly optimum: number;
  readonly optimumError: number;
}

/** Describes regrets, the smallest first. `width` is the terminal's, in characters. */
export function describeRegrets(regrets: readonly PolicyRegret[], world: DescribedWorld, width: number): string {
  const decimals = decimalsForAll(regrets.map(({ ci95: [low, high] }) => (high - low) / 4));
  const rows = regrets
    .toSorted((a, b) => a.mean - b.mean)
    .map(({ policy, optimum, mean, ci95, share }) => [
      policy,
      formatNumber(optimum, decimals),
      formatNumber(mean, decimals),
      formatInterval(ci95, decimals),
      formatShare(share),
    ]);
  const most = `the most ${rewardWord(world)} that somebody who knows the state of every user can bring`;
  const note = `Regret is the distance from the optimum, ${most}.`;
  return [
    table([["policy", "optimum", "regret", "95 % interval", "of the optimum"], ...rows], width),
    wrap(note.split(" "), width),
  ].join("\n\n");
}
