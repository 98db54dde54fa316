import { vi } from "vitest";

/** What hosts lack; each puts it in place for a test. */
export const hostsWithoutKernel: Readonly<Record<string, () => void>> = {
  "has no WebAssembly": () => void vi.stubGlobal("WebAssembly", undefined),
  "is big-endian, and WebAssembly's memory is not": () =>
    void vi.spyOn(Uint32Array, "of").mockImplementation((x) => new Uint32Array([x! << 24])),
};

/** Takes it away. */
export function restoreHost(): void {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
}
