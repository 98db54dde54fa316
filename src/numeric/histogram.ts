import { highWord } from "./bits.js";

/** Each octave has 32 bins, so the width of a bin is at most 1/32 of its values. */
const BINS_PER_OCTAVE = 32;
/** Bits of the upper word below the bin number. */
const DROPPED_BITS = 15;
/** Zero and the numbers below 2^-1022 share bin 0; the next is the first of the normal numbers. */
const BEFORE_NORMAL = BINS_PER_OCTAVE - 1;

/** The upper bits of Infinity: no bin begins beyond it. */
const INFINITY_BITS = 2047 * BINS_PER_OCTAVE;

const double = new Float64Array(1);
const words = new BigUint64Array(double.buffer);

/** Counts of values in neighbouring bins, from bin `lowest` on: plain data that can be sent and stored. */
export interface BinCounts {
  readonly lowest: number;
  readonly counts: ArrayLike<number>;
}

/** Counts values in fixed bins, given by a double's bits, so that counts of any groups add up. */
export function countInBins(values: Float64Array): BinCounts {
  const bins = new Int32Array(values.length);
  let [lowest, highest] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const bin = binOf(values[i]!);
    bins[i] = bin;
    lowest = Math.min(lowest, bin);
    highest = Math.max(highest, bin);
  }
  const counts = new Uint32Array(highest - lowest + 1);
  for (let i = 0; i < bins.length; i++) counts[bins[i]! - lowest]! += 1;
  return { lowest, counts };
}

/** Bins are numbered in the order of their values, with bin 0 around zero. */
function binOf(x: number): number {
  const bin = Math.max(0, (highWord(Math.abs(x)) >> DROPPED_BITS) - BEFORE_NORMAL);
  return x < 0 ? -bin : bin;
}

/** Returns the end of a bin that is nearer to zero; zero for bin 0. */
function innerEdge(bin: number): number {
  if (bin === 0) return 0;
  const upperBits = Math.min(Math.abs(bin) + BEFORE_NORMAL, INFINITY_BITS);
  words[0] = BigInt(upperBits) << BigInt(32 + DROPPED_BITS);
  return bin < 0 ? -double[0]! : double[0]!;
}

function lowerEdge(bin: number): number {
  return bin <= 0 ? innerEdge(bin - 1) : innerEdge(bin);
}

/** Counts of values in each bin, of any number of groups. */
export class Histogram {
  private readonly counts = new Map<number, number>();
  private total = 0;

  add({ lowest, counts }: BinCounts): void {
    for (let i = 0; i < counts.length; i++) if (counts[i]! > 0) this.addTo(lowest + i, counts[i]!);
  }

  merge(other: Histogram): void {
    for (const [bin, count] of other.counts) this.addTo(bin, count);
  }

  /** The value below which that share of all lies, as if values were spread evenly over their bin: at most a bin off. Bin 0 is zero. */
  quantile(share: number): number {
    let below = 0;
    for (const bin of this.occupied()) {
      const count = this.counts.get(bin)!;
      if (below + count >= share * this.total) {
        if (bin === 0) return 0;
        const [low, high] = [lowerEdge(bin), lowerEdge(bin + 1)];
        return low + ((share * this.total - below) / count) * (high - low);
      }
      below += count;
    }
    return NaN;
  }

  /**
   * All bins from the lowest to the highest that is occupied, neighbours joined two by two until there are at most `most`.
   * Empty bins beside zero are one bin: between it and the next value there may be a thousand octaves.
   */
  bins(most: number): { readonly edges: number[]; readonly counts: number[] } {
    if (this.total === 0) return { edges: [], counts: [] };
    for (let width = 1; ; width *= 2) {
      const groups = this.groups(width);
      const occupied = [...groups.keys()];
      const lengths = occupied.map((group, place) => binsUntil(occupied[place + 1] ?? group + 1, group));
      if (lengths.reduce((sum, length) => sum + length, 0) > most) continue;
      const begins = occupied.flatMap((group, place) => Array.from({ length: lengths[place]! }, (_, i) => group + i));
      const counts = begins.map((group) => groups.get(group) ?? 0);
      return { edges: [...begins, occupied.at(-1)! + 1].map((group) => lowerEdge(group * width)), counts };
    }
  }

  /** Returns the counts of each `width` neighbouring bins together, in order, where there are any. */
  private groups(width: number): Map<number, number> {
    const groups = new Map<number, number>();
    for (const bin of this.occupied()) {
      const group = Math.floor(bin / width);
      groups.set(group, (groups.get(group) ?? 0) + this.counts.get(bin)!);
    }
    return groups;
  }

  private occupied(): number[] {
    return [...this.counts.keys()].toSorted((a, b) => a - b);
  }

  private addTo(bin: number, count: number): void {
    this.counts.set(bin, (this.counts.get(bin) ?? 0) + count);
    this.total += count;
  }
}

/** Returns the number of bins from an occupied one to just before the next: all between them, but beside zero only one. */
function binsUntil(next: number, bin: number): number {
  return bin <= 0 && next >= 0 ? Math.min(next - bin, 2) : next - bin;
}
