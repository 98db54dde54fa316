// World files with one wrong token: a refusal with its line, or a world whose kernel has the bits of its reference.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { InvalidSource } from "../../src/compiler/sourceText.js";
import { InvalidInput } from "../../src/index.js";
import { generatedWorlds } from "../support/generatedWorlds.js";
import { mutatedSources } from "../support/mutatedSources.js";
import { checked, kernelPolicies, kernelWorld, told } from "../support/worldReadings.js";

const PATIENCE = readFileSync(new URL("../../src/playground/editor/patience.world.ts", import.meta.url), "utf8");

/** Returns whether a text is a legal world file. Fails for any error but a refusal with a line. */
function isLegal(text: string): boolean {
  try {
    checked(text);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidSource);
    const { mistakes } = error as InvalidSource;
    expect(mistakes.length).toBeGreaterThan(0);
    for (const { line, column } of mistakes) expect(Math.min(line, column)).toBeGreaterThan(0);
    return false;
  }
}

/** Fails where the kernel differs from its reference, or where either fails without saying why. */
async function expectSameBits(text: string): Promise<void> {
  const world = await kernelWorld(text).catch((error: unknown) => {
    expect(error).toBeInstanceOf(InvalidInput);
  });
  for (const policy of world ? kernelPolicies(world) : []) {
    const [kernel, reference] = [
      await told(world!, policy, "kernel", { users: 70, steps: 5 }),
      await told(world!, policy, "reference", { users: 70, steps: 5 }),
    ];
    expect(kernel).toBe(reference);
  }
}

async function expectToCompile(text: string): Promise<void> {
  await kernelWorld(text).catch((error: unknown) => expect(error).toBeInstanceOf(InvalidInput));
}

test("one wrong token is refused by line and column, or makes another world; never another error", async () => {
  const sources = generatedWorlds({ isWild: false }).chain((text) =>
    fc.constantFrom(text, PATIENCE).chain(mutatedSources),
  );
  let [legal, refused] = [0, 0];
  fc.assert(
    fc.property(fc.noShrink(sources), (text) => {
      if (isLegal(text)) legal += 1;
      else refused += 1;
    }),
    { numRuns: 600 },
  );
  expect(Math.min(legal, refused)).toBeGreaterThan(50);
});

test("worlds that come of a wrong token have the bits of their references", async () => {
  const legal = fc.noShrink(mutatedSources(PATIENCE).filter(isLegal)); // it has no loops, which a fault would make endless
  await fc.assert(fc.asyncProperty(legal, expectSameBits), { numRuns: 12 });
});

test("generated files with a wrong token that are legal compile", async () => {
  const sources = generatedWorlds({ isWild: true }).chain(mutatedSources).filter(isLegal);
  // They are not run: a loop may have become endless.
  await fc.assert(fc.asyncProperty(fc.noShrink(sources), expectToCompile), { numRuns: 12 });
});
