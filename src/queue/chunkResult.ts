import { gunzipSync, gzipSync } from "node:zlib";
import { decodeJson, encodeJson } from "../check/exactJson.js";
import type { Json } from "../check/json.js";
import { decodeBlocks, encodeBlocks } from "../records/encodeBlocks.js";
import type { StudyBlock } from "../studies/studyBlock.js";
import { errorOf, failureOf } from "../workers/failure.js";

interface KeptFailure {
  readonly message: string;
  readonly stack: string | null;
  readonly errors: readonly string[] | null;
}

type Kept = { readonly blocks: readonly Json[] } | { readonly failure: KeptFailure };

/** Returns the bytes of the blocks of a chunk, or of the error that its simulation ended with. */
export async function encodedResult(simulation: Promise<readonly StudyBlock[]>): Promise<Buffer> {
  const kept = await simulation.then(
    (blocks) => ({ blocks: encodeBlocks(blocks) }),
    (error: unknown) => {
      const { message, stack = null, errors = null } = { ...failureOf(error) };
      return { failure: { message, stack, errors: errors && [...errors] } };
    },
  );
  return gzipSync(encodeJson(kept, "blocks"));
}

/** Returns the blocks of a result, or throws its error. */
export function decodedResult(bytes: Buffer): readonly StudyBlock[] {
  const kept = decodeJson(gunzipSync(bytes).toString()) as unknown as Kept;
  if ("blocks" in kept) return decodeBlocks(kept.blocks);
  const { message, stack, errors } = kept.failure;
  throw errorOf({ message, stack: stack ?? undefined, errors: errors ?? undefined });
}
