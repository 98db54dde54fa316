/** Bytes that ARC4 makes before the first one that is used, as the package seedrandom has it: the first ones tell of the key. */
const DROPPED = 256;

/**
 * Returns a function that returns the next 32 bits of ARC4 (Rivest's cipher, as published on sci.crypt in 1994) under a key of 256
 * bytes, most significant byte first; the first 256 bytes are left out. These are the numbers of `int32` of seedrandom 3.0.5, which
 * is a CommonJS module: a page without a bundler cannot load it.
 */
export function arc4(key: Uint8Array): () => number {
  const state = Uint8Array.from({ length: 256 }, (_, place) => place);
  let [i, j] = [0, 0];
  const swap = (): void => {
    [state[i], state[j]] = [state[j]!, state[i]!];
  };
  for (; i < 256; i++) {
    j = (j + state[i]! + key[i]!) & 255;
    swap();
  }
  [i, j] = [0, 0];
  const nextByte = (): number => {
    i = (i + 1) & 255;
    j = (j + state[i]!) & 255;
    swap();
    return state[(state[i]! + state[j]!) & 255]!;
  };
  for (let byte = 0; byte < DROPPED; byte++) nextByte();
  return () => ((nextByte() << 24) | (nextByte() << 16) | (nextByte() << 8) | nextByte()) >>> 0;
}
