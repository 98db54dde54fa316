/** x^32 + x^28 + x^27 + x^26 + x^25 + x^23 + x^22 + x^20 + x^19 + x^18 + x^14 + x^13 + x^11 + x^10 + x^9 + x^8 + x^6 + 1 */
const CASTAGNOLI = 0x11edc6f41n;

/** CRC-32C as the textbook has it: a polynomial over the message's bits, divided by Castagnoli's, one bit after another. */
export function crc32cByDivision(bytes: Uint8Array): number {
  const message = [...bytes].map(reversedBits).join("") + "0".repeat(32);
  const bits = [...message].map(Number);
  for (let bit = 0; bit < 32; bit++) bits[bit] = bits[bit]! ^ 1; // the register starts with all ones
  let remainder = 0n;
  for (const bit of bits) {
    remainder = (remainder << 1n) | BigInt(bit);
    if (remainder >> 32n) remainder ^= CASTAGNOLI;
  }
  const reversed = [...remainder.toString(2).padStart(32, "0")].toReversed().join("");
  return ~Number.parseInt(reversed, 2) >>> 0;
}

function reversedBits(byte: number): string {
  return [...byte.toString(2).padStart(8, "0")].toReversed().join("");
}
