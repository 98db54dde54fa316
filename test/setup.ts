// Runs before every test file, in Node and in Chromium.
import fc from "fast-check";
import { afterAll, inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    fastCheckSeed: number;
  }
}

fc.configureGlobal({ seed: inject("fastCheckSeed") });

// A page has address space for about a hundred kernels, its workers' included, and a worker does not free those of the page.
afterAll(() => (globalThis as { gc?: () => void }).gc?.());
