import { defineConfig } from "vitest/config";
import { fastCheckSeed, slowProperties } from "../support/slowProperties.js";

/** The slow proofs in Node alone: `npm run proof:tests`. */
export default defineConfig({
  test: {
    include: ["test/proofs/**/*.test.ts", ...slowProperties],
    globalSetup: "test/proofs/install.ts",
    setupFiles: ["test/setup.ts"],
    provide: { fastCheckSeed },
    // One file a core: on two cores Vitest would take one.
    maxWorkers: 2,
    testTimeout: 600_000,
    hookTimeout: 120_000,
    reporters: ["verbose"],
    disableConsoleIntercept: true,
  },
});
