import type * as FastCheckModule from "fast-check";

type FastCheck = typeof FastCheckModule;

/** Imports fast-check, a peer dependency: only users of slatesim/testing need to install it. */
async function load(): Promise<FastCheck> {
  try {
    return await import("fast-check");
  } catch (cause) {
    throw new Error("slatesim/testing needs fast-check, version 4: npm install --save-dev fast-check@4", { cause });
  }
}

export const fc: FastCheck = await load();
