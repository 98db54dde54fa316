import type { ScalarStateModel } from "../world/scalarState.js";
import { EDGE_NUMBERS, PLAN_TERMS, type SlatePlan } from "../world/slatePlan.js";

/** Fills the best slates by a plan: the definition of the policy that kernel/optimal.ts reimplements. */
export class BestSlates {
  private readonly plan: SlatePlan;
  private readonly model: ScalarStateModel;
  private readonly slateSize: number;
  private readonly atState = new Float64Array(EDGE_NUMBERS);

  constructor(plan: SlatePlan, model: ScalarStateModel, slateSize: number) {
    this.plan = plan;
    this.model = model;
    this.slateSize = slateSize;
  }

  /** Returns the m of mix(m) if that is best at this step, in this state, whatever the candidates are. */
  mixAt(step: number, state: number): number | undefined {
    const { mixes, tableOf, mixIsBest, cells } = this.plan;
    const table = tableOf[step]!;
    const isBest = table < 0 || mixIsBest[table * cells + this.cellOf(this.placeOf(state))] === 1;
    return isBest ? mixes[step] : undefined;
  }

  /** Returns the positions of the best slate of those documents, where `mixAt` returns nothing. */
  select(documents: readonly number[], state: number, step: number): number[] {
    this.interpolate(this.plan.tableOf[step]!, this.placeOf(state));
    const gains = documents.map((document) => this.gainOf(document));
    const weights = documents.map((document) => this.model.choiceWeight(document));
    let slate = this.largest(gains, weights, this.atState[PLAN_TERMS]!);
    for (let worth = this.worthOf(slate, gains, weights); ;) {
      slate = this.largest(gains, weights, worth);
      const next = this.worthOf(slate, gains, weights);
      if (!(next > worth)) return slate;
      worth = next;
    }
  }

  /** The state's place in the tables, in cells from the first edge. */
  private placeOf(state: number): number {
    const { leastState, cellsPerUnit, cells } = this.plan;
    return Math.min(Math.max((state - leastState) * cellsPerUnit, 0), cells);
  }

  private cellOf(place: number): number {
    return Math.min(Math.floor(place), this.plan.cells - 1);
  }

  /** Interpolates the numbers between the two nearest edges. */
  private interpolate(table: number, place: number): void {
    const { cells, tables } = this.plan;
    const cell = this.cellOf(place);
    const share = place - cell;
    const from = (table * (cells + 1) + cell) * EDGE_NUMBERS;
    for (let term = 0; term < EDGE_NUMBERS; term++) {
      const left = tables[from + term]!;
      this.atState[term] = share * (tables[from + EDGE_NUMBERS + term]! - left) + left;
    }
  }

  private gainOf(document: number): number {
    const k = document - 0.5;
    let gain = this.atState[PLAN_TERMS - 1]!;
    for (let term = PLAN_TERMS - 2; term >= 0; term--) gain = gain * k + this.atState[term]!;
    return gain;
  }

  /** Returns the candidates that bring most above a worth, by falling surplus; of equals the earlier ones. */
  private largest(gains: readonly number[], weights: readonly number[], worth: number): number[] {
    const surplus = gains.map((gain, candidate) => weights[candidate]! * (gain - worth));
    const ranked = surplus.map((_, candidate) => candidate);
    return ranked.toSorted((a, b) => surplus[b]! - surplus[a]! || a - b).slice(0, this.slateSize);
  }

  private worthOf(slate: readonly number[], gains: readonly number[], weights: readonly number[]): number {
    let weight = this.model.noClickWeight;
    let sum = 0;
    for (const candidate of slate.slice(0, this.model.consideredSlots)) {
      weight += weights[candidate]!;
      sum += weights[candidate]! * gains[candidate]!;
    }
    return sum / weight;
  }
}
