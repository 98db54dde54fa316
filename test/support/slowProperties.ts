/** Properties that take long: `npm run proof:tests` runs them in Node, `npm run proof:browser` in a page. */
export const slowProperties = ["compileWorld", "controlled", "solve"].map((name) => `test/properties/${name}.test.ts`);

/** One seed for every property, so that the tests are a constant gate; FAST_CHECK_SEED explores others. */
export const fastCheckSeed = Number(process.env["FAST_CHECK_SEED"] ?? 20261123);
