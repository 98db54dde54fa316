import { readSync } from "node:fs";

/** A line of a file without its end, and where it begins in bytes. */
export interface FileLine {
  readonly offset: number;
  readonly bytes: Buffer;
}

const PIECE_BYTES = 1 << 20;
const LINE_END = 10;

/** Reads a file line by line, a piece at a time; a last line without an end is returned as well. */
export function* fileLines(handle: number): Generator<FileLine> {
  let rest: Buffer[] = [];
  let offset = 0;
  for (let position = 0; ;) {
    const piece = Buffer.allocUnsafe(PIECE_BYTES);
    const read = readSync(handle, piece, 0, PIECE_BYTES, position);
    if (read === 0) break;
    position += read;
    let start = 0;
    for (let end; (end = piece.subarray(0, read).indexOf(LINE_END, start)) >= 0; start = end + 1) {
      const bytes = Buffer.concat([...rest, piece.subarray(start, end)]);
      yield { offset, bytes };
      rest = [];
      offset += bytes.length + 1;
    }
    rest.push(piece.subarray(start, read));
  }
  const bytes = Buffer.concat(rest);
  if (bytes.length > 0) yield { offset, bytes };
}
