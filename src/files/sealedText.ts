import { createHash } from "node:crypto";
import { expectedMistake } from "../check/mistakes.js";

/** A kind of file whose first line names the kind, the version of its format, and a checksum of what follows. */
export interface SealedFormat {
  readonly name: string;
  readonly version: number;
}

/** Content after the first line of a sealed file, or an error. */
export type Unsealed = { readonly body: string } | { readonly mistake: string };

const MAX_HEADER_LENGTH = 120;

export function seal({ name, version }: SealedFormat, body: string): Uint8Array {
  return new TextEncoder().encode(`${name} ${version} sha256 ${sha256(body)}\n${body}`);
}

/** Opens the bytes of the file at `path`. */
export function unseal({ name, version }: SealedFormat, path: string, bytes: Uint8Array): Unsealed {
  const start = Buffer.from(bytes.subarray(0, MAX_HEADER_LENGTH)).toString("latin1");
  const [header, found, checksum] = new RegExp(`^${name} (\\d+) sha256 ([0-9a-f]{64})\\n`).exec(start) ?? [];
  if (header === undefined)
    return { mistake: expectedMistake(path, `a first line "${name} ${version} sha256 …"`, start.split("\n")[0]) };
  if (found !== String(version)) return { mistake: expectedMistake(path, `format version ${version}`, found) };
  const body = bytes.subarray(header.length);
  const hash = sha256(body);
  if (hash !== checksum) return { mistake: expectedMistake(path, `content of SHA-256 ${checksum}`, hash) };
  return { body: Buffer.from(body).toString() };
}

/** Returns the SHA-256 in hexadecimal digits. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
