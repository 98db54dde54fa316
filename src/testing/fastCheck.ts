import type * as FastCheckModule from "fast-check";

type FastCheck = typeof FastCheckModule;

/** Whoever checks laws brings fast-check along: it is no dependency of the package. */
async function load(): Promise<FastCheck> {
  try {
    return await import("fast-check");
  } catch (cause) {
    throw new Error("slatesim/testing needs fast-check, version 4: npm install --save-dev fast-check@4", { cause });
  }
}

export const fc: FastCheck = await load();
