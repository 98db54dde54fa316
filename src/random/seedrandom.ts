import * as library from "seedrandom/seedrandom.js";

type Generator = { int32(): number };

/**
 * The generator ARC4 of the package seedrandom. Its file is no ES module: where a page loads it as it is, it exports nothing and is
 * a property of Math.
 */
export const seedrandom: (key: string) => Generator =
  library.default ?? (Math as unknown as { seedrandom: (key: string) => Generator }).seedrandom;
