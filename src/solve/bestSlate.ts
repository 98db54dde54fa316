/**
 * The best slate of a set of candidates, where a slate is worth the mean over its documents and no click, by the weights of the choice:
 *
 *     (Σ wᵢ·qᵢ + w₀·q₀) / (Σ wᵢ + w₀)
 *
 * A slate is worth more than λ if Σ wᵢ·(qᵢ - λ) + w₀·(q₀ - λ) > 0, so that the best slate has the largest wᵢ·(qᵢ - λ) for the λ that is
 * its worth; Dinkelbach's iteration (Management Science 13 (1967), 492-498) finds it from below in a few turns.
 */
export class BestSlate {
  /** Candidates of the slate that was found last, by falling gain. */
  private readonly selected: Int32Array;
  private readonly gains: Float64Array;
  private readonly slots: number;
  private readonly noClickWeight: number;

  constructor(slots: number, numCandidates: number, noClickWeight: number) {
    this.slots = slots;
    this.noClickWeight = noClickWeight;
    this.selected = new Int32Array(slots);
    this.gains = new Float64Array(numCandidates);
  }

  /**
   * Worth of the best slate of the candidates that begin at `from` in both lists, `start` being the worth of one of their slates, and
   * `noClickValue` that of no click.
   */
  worth(values: Float64Array, weights: Float64Array, from: number, noClickValue: number, start: number): number {
    for (let worth = start; ;) {
      this.select(values, weights, from, worth);
      const next = this.worthOfSelected(values, weights, from, noClickValue);
      if (!(next > worth)) return worth;
      worth = next;
    }
  }

  /** Keeps the largest gains over `worth` by insertion. */
  private select(values: Float64Array, weights: Float64Array, from: number, worth: number): void {
    const { selected, gains, slots } = this;
    for (let candidate = 0; candidate < gains.length; candidate++) {
      const gain = weights[from + candidate]! * (values[from + candidate]! - worth);
      gains[candidate] = gain;
      let place = Math.min(candidate, slots);
      while (place > 0 && gains[selected[place - 1]!]! < gain) {
        if (place < slots) selected[place] = selected[place - 1]!;
        place--;
      }
      if (place < slots) selected[place] = candidate;
    }
  }

  private worthOfSelected(values: Float64Array, weights: Float64Array, from: number, noClickValue: number): number {
    let weight = this.noClickWeight;
    let sum = this.noClickWeight * noClickValue;
    for (const candidate of this.selected) {
      weight += weights[from + candidate]!;
      sum += weights[from + candidate]! * values[from + candidate]!;
    }
    return sum / weight;
  }
}
