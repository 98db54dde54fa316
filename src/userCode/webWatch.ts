import type { CodeWatch, WatchCode } from "./codeWatch.js";

/** Begins a watch in a page, which only calls the code. */
export const watchCode: WatchCode = (): CodeWatch => ({
  call: (_whose, code) => code(),
  flush: async () => {},
  end: () => {},
});

export function whenNothingIsLeft(_callback: () => void): () => void {
  return () => {};
}
