import { uint64 } from "./uint64.js";

const PRIME = 0x100000001b3n;
const OFFSET = 0xcbf29ce484222325n;

/** FNV-1a over the UTF-8 bytes of a text, as 16 hexadecimal digits: a name for what is meant, not a safeguard against malice. */
export function hash64(text: string): string {
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(text)) hash = uint64((hash ^ BigInt(byte)) * PRIME);
  return hash.toString(16).padStart(16, "0");
}
