const MASK = 0xffffffffffffffffn;

/** The lower 64 bits of a whole number. By a mask: `BigInt.asUintN(64, x)` is negative in QuickJS where bit 63 is set. */
export function uint64(x: bigint): bigint {
  return x & MASK;
}
