import { crc32cByDivision } from "./crc32cByDivision.js";

/** The messages of a TFRecord file. Throws unless every length and checksum in it is right. */
export function readRecords(file: Uint8Array): Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  const messages: Uint8Array[] = [];
  for (let offset = 0; offset < file.length;) {
    const length = Number(view.getBigUint64(offset, true));
    const message = file.subarray(offset + 12, offset + 12 + length);
    check(file.subarray(offset, offset + 8), view.getUint32(offset + 8, true));
    check(message, view.getUint32(offset + 12 + length, true));
    messages.push(message);
    offset += 16 + length;
  }
  return messages;
}

function check(bytes: Uint8Array, masked: number): void {
  const crc = BigInt(crc32cByDivision(bytes));
  const expected = BigInt.asUintN(32, ((crc >> 15n) | (crc << 17n)) + 0xa282ead8n);
  if (BigInt(masked) !== expected) throw new Error(`checksum ${masked}, not ${expected}`);
}
