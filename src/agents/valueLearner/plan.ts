import { MAX_BELIEF } from "./belief.js";
import type { MixModel } from "./mixModel.js";

/** Points of belief at which values are computed; they are linear in between. */
const POINTS = 33;
/** Longest look ahead in steps: from further off than that the end hardly matters. */
const MAX_STEPS = 1000;

const beliefs = Array.from({ length: POINTS }, (_, i) => MAX_BELIEF * ((2 * i) / (POINTS - 1) - 1));

/** Values of the mixes by steps left and belief: by backward induction over the models (Bellman 1957). */
export class Plan {
  /** values[steps left - 1][mix][point] */
  private readonly values: number[][][] = [];

  constructor(models: readonly MixModel[], steps: number, discount: number) {
    let best = beliefs.map(() => 0);
    for (let left = 1; left <= Math.min(steps, MAX_STEPS); left++) {
      const later = best;
      const values = models.map((model) => beliefs.map((x) => worth(model, x, later, discount)));
      best = beliefs.map((_, i) => Math.max(...values.map((ofMix) => ofMix[i]!)));
      this.values.push(values);
    }
  }

  /** Returns the best mix; ties: fewer documents from the top. Beyond the steps that were planned, that of the first. */
  bestMix(belief: number, stepsLeft: number): number {
    const values = this.values[Math.max(1, Math.min(stepsLeft, this.values.length)) - 1]!;
    const worths = values.map((ofMix) => between(ofMix, belief));
    return worths.reduce((best, each, mix) => (each > worths[best]! ? mix : best), 0);
  }
}

/** Worth of a step with a mix from belief x, if the values at the next are `later`. */
function worth({ reward, next, goesOn }: MixModel, x: number, later: readonly number[], discount: number): number {
  const now = reward[0] + (reward[1] + reward[2] * x) * x;
  return now + discount * goesOn * between(later, next[0] + next[1] * x);
}

function between(values: readonly number[], belief: number): number {
  const inside = Math.max(-MAX_BELIEF, Math.min(MAX_BELIEF, belief));
  const place = ((inside / MAX_BELIEF + 1) / 2) * (POINTS - 1);
  const below = Math.min(POINTS - 2, Math.floor(place));
  return values[below]! + (values[below + 1]! - values[below]!) * (place - below);
}
