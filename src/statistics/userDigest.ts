const ODD0 = 0x9e3779b1;
const ODD1 = 0x85ebca77;

const double = new Float64Array(1);
const doubleBits = new BigUint64Array(double.buffer);

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

  /** `timeBudget`: steps left after this one. */
  fold(choice: number, engagement: number, exposure: number, timeBudget: number): void {
    this.stir(engagement, 0, 0, ODD0);
    this.stir(exposure, choice, timeBudget, ODD1);
  }

  /** Of an own world's step: the reward, then each number of the state after it. */
  foldOwn(slot: number, reward: number, state: readonly number[]): void {
    this.stir(reward, slot, state.length, ODD0);
    for (const number of state) this.stir(number, 0, 0, ODD1);
  }

  get value(): bigint {
    return (BigInt(this.high >>> 0) << 32n) | BigInt(this.low >>> 0);
  }

  /** XORs a double's bits and two words in, multiplies both halves by an odd number, turns the whole by 29 bits. */
  private stir(x: number, lowWord: number, highWord: number, odd: number): void {
    double[0] = x;
    const bits = doubleBits[0]!;
    const low = Math.imul(this.low ^ Number(bits & 0xffffffffn) ^ lowWord, odd);
    const high = Math.imul(this.high ^ Number(bits >> 32n) ^ highWord, odd);
    this.low = (low << 29) | (high >>> 3);
    this.high = (high << 29) | (low >>> 3);
  }
}

/** 16 hexadecimal digits. */
export function digestText(digest: bigint): string {
  return digest.toString(16).padStart(16, "0");
}
