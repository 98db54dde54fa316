/**
 * Philox4x32-10 straight from the paper (Salmon and others, SC'11, section 3.3), in big integers: four words for a counter
 * of four words under a key of two.
 */
export function philoxByTheBook(counter: readonly number[], key: readonly number[]): number[] {
  let [c0, c1, c2, c3] = counter.map(BigInt) as [bigint, bigint, bigint, bigint];
  let [k0, k1] = key.map(BigInt) as [bigint, bigint];
  for (let round = 0; round < 10; round++) {
    const left = 0xd2511f53n * c0;
    const right = 0xcd9e8d57n * c2;
    [c0, c1, c2, c3] = [(right >> 32n) ^ c1 ^ k0, low(right), (left >> 32n) ^ c3 ^ k1, low(left)];
    k0 = low(k0 + 0x9e3779b9n);
    k1 = low(k1 + 0xbb67ae85n);
  }
  return [c0, c1, c2, c3].map(Number);
}

function low(x: bigint): bigint {
  return x & 0xffffffffn;
}
