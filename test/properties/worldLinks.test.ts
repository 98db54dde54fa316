// World files in links of the page, and what the page makes of a compiled world.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidInput, makeWorld, type World } from "../../src/index.js";
import { compiledCommandOf, compiledExperiment, fileOf } from "../../src/playground/editor/compiledExperiment.js";
import { MAX_PACKED, packSource, unpackSource } from "../../src/playground/editor/sourceLink.js";
import { spanishRule } from "../../src/playground/spanishRule.js";

async function refusalOf(packed: string): Promise<string> {
  const error: unknown = await unpackSource(packed).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(InvalidInput);
  return (error as InvalidInput).errors.join("\n");
}

describe("a link", () => {
  test("holds any text, in characters that addresses leave as they are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        const packed = await packSource(text);
        expect(packed).toMatch(/^[\w-]+$/);
        expect(new URLSearchParams({ source: packed }).toString()).toBe(`source=${packed}`);
        expect(await unpackSource(packed)).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  test("of other characters, or cut short, is refused with rule and value", async () => {
    const packed = await packSource("export const name = 1;");
    for (const wrong of ["", "a", "=", "é", "%", packed.slice(0, -3), `x${packed}`]) {
      const refusal = await refusalOf(wrong);
      expect(refusal).toBe(`"source" expected a compressed text in base64url, got ${JSON.stringify(wrong)}`);
      expect(spanishRule(refusal)).toContain("se espera un texto comprimido en base64url, y no");
    }
  });

  test("that is too long, or becomes a text that is, is refused", async () => {
    expect(await refusalOf("A".repeat(MAX_PACKED + 1))).toBe(
      `"source" expected at most ${MAX_PACKED} characters, got ${MAX_PACKED + 1}`,
    );
    const large = await packSource(" ".repeat(2_000_000));
    expect(large.length).toBeLessThan(MAX_PACKED);
    expect(await refusalOf(large)).toContain("expected a compressed text");
  });
});

describe("the comparison in a compiled world", () => {
  const ranked = makeWorld("lts", { slateSize: 5 }) as World;
  const settings = { seed: "-a b", users: 7 };

  test("has mixes where documents have a rank, and steps where the world has no end", () => {
    const { rank: _, ...unranked } = ranked;
    const namesIn = (world: World): string[] => compiledExperiment(world, settings).policies.map(({ name }) => name);
    expect(namesIn(ranked)).toEqual(["random", "first", "mix(0)", "mix(3)", "mix(5)"]);
    expect(namesIn({ ...ranked, slateSize: 1 })).toEqual(["random", "first", "mix(0)", "mix(1)"]);
    expect(namesIn(unranked as World)).toEqual(["random", "first"]);
    expect(compiledExperiment(ranked, settings).steps).toBeUndefined();
    expect(compiledExperiment({ ...ranked, timeBudget: Infinity }, settings).steps).toBe(300);
  });

  test("has a command for the file, whose name is none of a folder", () => {
    expect(fileOf("../a b")).toBe("-a-b.world.ts");
    const endless = compiledExperiment({ ...ranked, timeBudget: Infinity, slateSize: 1 }, settings);
    expect(compiledCommandOf(endless, "a.world.ts")).toBe(
      "npx slatesim compare --world a.world.ts --policy random --policy first --policy 'mix(0)' --policy 'mix(1)'" +
        " '--seed=-a b' --users 7 --steps 300",
    );
  });
});
