import type { ScalarStateModel } from "../world/scalarState.js";
import { BestSlate } from "./bestSlate.js";
import type { CandidateSets } from "./candidateSets.js";
import { indexOfMaximum, meanOf } from "./bestMixes.js";
import { MonotoneGains } from "./monotone.js";
import type { StateGrid, PolicyStep } from "./stateGrid.js";
import { valueBefore } from "./stateGrid.js";

/** Numbers of all candidates of some sets, made once: [set][candidate]. */
export class CandidateValues {
  readonly sets: CandidateSets;
  readonly weights: Float64Array;
  /** [set][candidate][document]: what each document of the grid counts in the interpolant at the candidate. */
  private readonly rows: Float64Array;
  readonly values: Float64Array;

  constructor(sets: CandidateSets, { documents: grid }: StateGrid, { choiceWeight }: ScalarStateModel) {
    const { length } = grid.points;
    this.sets = sets;
    this.weights = sets.documents.map((document) => choiceWeight(document));
    this.rows = new Float64Array(sets.documents.length * length);
    this.values = new Float64Array(sets.documents.length);
    sets.documents.forEach((document, c) => grid.addRow(document, 1, this.rows.subarray(c * length, (c + 1) * length)));
  }

  /** Interpolates every candidate's value from those of the grid's documents. */
  interpolate(onGrid: Float64Array): void {
    const { rows, values } = this;
    for (let c = 0, at = 0; c < values.length; c++) {
      let value = 0;
      for (let j = 0; j < onGrid.length; j++) value += rows[at++]! * onGrid[j]!;
      values[c] = value;
    }
  }
}

/**
 * The value of the best slates, with full knowledge of the state: backward over the steps. The mean over candidate sets of what the best
 * slate is worth more than the best mix for that state is taken from `candidates`; what the mix is worth on average is known far better.
 */
export class Optimum {
  private readonly grid: StateGrid;
  private readonly model: ScalarStateModel;
  readonly mixes: readonly PolicyStep[];
  private readonly candidates: CandidateValues;
  private readonly slate: BestSlate;
  private readonly gains: MonotoneGains;
  private readonly onGrid: Float64Array;
  private next: Float64Array;
  /** The values before each step, and after the last. */
  readonly values: Float64Array[] = [];
  /** For each step and state the m of the best mix, and whether no slate of any set was better: [step][state]. */
  readonly bestMix: Uint8Array[] = [];
  readonly mixIsBest: boolean[][] = [];

  constructor(
    model: ScalarStateModel,
    grid: StateGrid,
    mixes: readonly PolicyStep[],
    sets: CandidateSets,
    steps: number,
  ) {
    this.grid = grid;
    this.model = model;
    this.mixes = mixes;
    this.candidates = new CandidateValues(sets, grid, model);
    this.slate = new BestSlate(model.consideredSlots, sets.size, model.noClickWeight);
    this.gains = new MonotoneGains(model, grid.documents);
    this.onGrid = new Float64Array(grid.documents.points.length);
    this.next = new Float64Array(grid.states.points.length);
    this.values[steps] = this.next;
  }

  /** Goes back to a step whose rewards have that weight. */
  stepBack(step: number, weight: number): void {
    const { next, grid, onGrid } = this;
    const bestMix = new Uint8Array(next.length);
    const mixIsBest: boolean[] = [];
    this.next = next.map((staying, i) => {
      const mixes = this.mixes.map((mix) => valueBefore(mix, i, next, weight));
      bestMix[i] = indexOfMaximum(mixes);
      grid.clickValues(i, next, weight, onGrid);
      const gain = this.meanGain(bestMix[i]!, staying);
      mixIsBest[i] = gain === 0;
      return mixes[bestMix[i]!]! + gain;
    });
    this.values[step] = this.next;
    this.bestMix[step] = bestMix;
    this.mixIsBest[step] = mixIsBest;
  }

  /** Mean value of the first states. */
  get value(): number {
    return meanOf(this.grid, this.next);
  }

  /** Mean, over the sets, of what the best slate is worth more than the mix with `fromTop` documents from the top. */
  private meanGain(fromTop: number, noClickValue: number): number {
    if (this.isBestOfAll(fromTop, noClickValue)) return 0;
    this.candidates.interpolate(this.onGrid);
    const { sets, values, weights } = this.candidates;
    let gain = 0;
    for (let set = 0; set < sets.count; set++) {
      const from = set * sets.size;
      const mix = this.worthOfMix(fromTop, from, noClickValue);
      gain += this.slate.worth(values, weights, from, noClickValue, mix) - mix;
    }
    return gain / sets.count;
  }

  /** Whether the documents that the user looks at are, under the mix, those of the end where gains are largest. */
  private isBestOfAll(fromTop: number, noClickValue: number): boolean {
    if (fromTop !== 0 && fromTop < this.model.consideredSlots) return false;
    return this.gains.direction(this.onGrid, noClickValue) === (fromTop === 0 ? -1 : 1);
  }

  private worthOfMix(fromTop: number, from: number, noClickValue: number): number {
    const { sets, values, weights } = this.candidates;
    const { consideredSlots, noClickWeight } = this.model;
    let weight = noClickWeight;
    let sum = noClickWeight * noClickValue;
    for (let slot = 0; slot < consideredSlots; slot++) {
      const at = from + placeOfSlot(slot, fromTop, sets.size);
      weight += weights[at]!;
      sum += weights[at]! * values[at]!;
    }
    return sum / weight;
  }
}

/** Place, among the candidates in falling order, of a slot of the mix with `fromTop` documents from the top. */
export function placeOfSlot(slot: number, fromTop: number, numCandidates: number): number {
  return slot < fromTop ? slot : numCandidates - 1 - (slot - fromTop);
}
