import { InvalidInput } from "../../index.js";

/** The most characters that a packed world file may have: longer links do not survive everywhere. */
export const MAX_PACKED = 32_000;
/** The most bytes that a world file of a link may have: a short link must not fill the memory. */
const MAX_BYTES = 1_000_000;

/** Returns a text for a link: compressed by deflate, as base64url. It may be longer than `MAX_PACKED`. */
export async function packSource(text: string): Promise<string> {
  const bytes = await read(streamOf(new TextEncoder().encode(text)).pipeThrough(new CompressionStream("deflate-raw")));
  const characters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(characters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Returns the text that was packed. Rejects with `InvalidInput`, whose sentence begins with "source". */
export async function unpackSource(packed: string): Promise<string> {
  if (packed.length > MAX_PACKED)
    throw new InvalidInput([`"source" expected at most ${MAX_PACKED} characters, got ${packed.length}`]);
  try {
    const characters = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(characters, (character) => character.charCodeAt(0));
    const text = await read(streamOf(bytes).pipeThrough(new DecompressionStream("deflate-raw")), MAX_BYTES);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text);
  } catch {
    const shown = packed.length > 40 ? `${packed.slice(0, 40)}…` : packed;
    throw new InvalidInput([`"source" expected a compressed text in base64url, got ${JSON.stringify(shown)}`]);
  }
}

function streamOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

/** Returns all bytes of a stream; rejects once there are more than `most`. */
async function read(stream: ReadableStream<Uint8Array>, most = Infinity): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    length += next.value.length;
    if (length > most) throw new Error("too long");
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
