import { HIGH } from "../numeric/bits.js";

const ODD0 = 0x9e3779b1;
const ODD1 = 0x85ebca77;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/**
 * A user's 64-bit digest: begins as the user's number and is folded over the bits of every step. Each operation can be
 * undone, so a change of one word always changes the digest. kernel/digest.ts is the same two users at a time.
 */
export class UserDigest {
  private low: number;
  private high = 0;

  constructor(user: number) {
    this.low = user;
  }

  /** Folds the reward, first in every step. The two words go into its halves, as those of `foldState` do. */
  foldReward(reward: number, lowWord: number, highWord: number): void {
    this.stir(reward, lowWord, highWord, ODD0);
  }

  /** Folds a number of the state after the step. */
  foldState(x: number, lowWord = 0, highWord = 0): void {
    this.stir(x, lowWord, highWord, ODD1);
  }

  get value(): bigint {
    return (BigInt(this.high >>> 0) << 32n) | BigInt(this.low >>> 0);
  }

  /** XORs a double's bits and two words in, multiplies both halves by an odd number, turns the whole by 29 bits. */
  private stir(x: number, lowWord: number, highWord: number, odd: number): void {
    double[0] = x;
    const low = Math.imul(this.low ^ words[1 - HIGH]! ^ lowWord, odd);
    const high = Math.imul(this.high ^ words[HIGH]! ^ highWord, odd);
    this.low = (low << 29) | (high >>> 3);
    this.high = (high << 29) | (low >>> 3);
  }
}

/** 16 hexadecimal digits. */
export function digestText(digest: bigint): string {
  return digest.toString(16).padStart(16, "0");
}
