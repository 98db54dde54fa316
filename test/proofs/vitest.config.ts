import { defineConfig } from "vitest/config";

/** The slow proofs in Node alone: `npm run proof:tests`. */
export default defineConfig({
  test: {
    include: ["test/proofs/**/*.test.ts"],
    // One file a core: on two cores Vitest would take one.
    maxWorkers: 2,
    testTimeout: 600_000,
    reporters: ["verbose"],
    disableConsoleIntercept: true,
  },
});
