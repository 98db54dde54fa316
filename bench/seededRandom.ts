/** Uniform numbers in [0, 1) by mulberry32: the same in every process, and quicker than Math.random. */
export class SeededRandom {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  next(): number {
    let word = (this.state + 0x6d2b79f5) | 0;
    this.state = word;
    word = Math.imul(word ^ (word >>> 15), word | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) * 2 ** -32;
  }
}
