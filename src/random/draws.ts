import { numberMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import type { BlockSource } from "./address.js";
import { normalPair } from "./normalPair.js";

const TWO_21 = 0x200000;
const TWO_32 = 0x100000000;
const TWO_53 = 0x20000000000000;
const WORDS = new Uint32Array(4);
const RANGE = { min: 1, max: TWO_32, integer: true };

/**
 * Draws of one purpose at one step, each from a Philox block of its own: the n-th call always finds the same bits, whatever
 * the calls before it were. That is how randomness is handed to worlds, agents and spaces.
 */
export class Draws {
  private readonly source: BlockSource;
  private readonly step: number;
  private block: number;

  /**
   * Calls use the blocks from `firstBlock` on, at that step of the source's user and stream. Call `drawsAt`.
   * @internal
   */
  constructor(source: BlockSource, step: number, firstBlock = 0) {
    this.source = source;
    this.step = step;
    this.block = firstBlock;
  }

  /** Uniform in [0, 1): a multiple of 2^-53. */
  uniform(): number {
    const words = this.next();
    return (words[0]! * TWO_21 + (words[1]! >>> 11)) / TWO_53;
  }

  /**
   * A whole number in [0, range), for integers range in [1, 2^32]; off uniform by at most range·2^-53. Throws `InvalidInput`
   * for any other range.
   */
  integer(range: number): number {
    if (!(Number.isInteger(range) && range >= 1 && range <= TWO_32)) refuse([numberMistake("range", range, RANGE)]);
    return Math.floor(this.uniform() * range);
  }

  /** Standard normal. */
  normal(): number {
    return normalPair(this.next())[0];
  }

  /** Read before the next call: all draws write to the same four words. */
  private next(): Uint32Array {
    this.source.write(this.block, this.step, WORDS);
    this.block = (this.block + 1) | 0;
    return WORDS;
  }
}
