import type { CodeWatch, WatchCode } from "./codeWatch.js";

/** The watch of a page, which can only call. */
export const watchCode: WatchCode = (): CodeWatch => ({
  call: (_whose, code) => code(),
  settle: async () => {},
  end: () => {},
});

export function whenNothingIsLeft(): () => void {
  return () => {};
}
