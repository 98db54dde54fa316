// A lock is bound whole: whoever changes a value in it, to whatever else, is told so.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, inject, test } from "vitest";
import { longTermSatisfaction, makeWorld, policies } from "../../src/index.js";
import { makeLock, readLock, verifyLock, writeLock } from "../../src/records/index.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { slatesim } from "./cli/slatesim.js";

const scratch = mkdtempSync(join(tmpdir(), "slatesim-lock-fields-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const path = join(scratch, "a.lock.json");
const changed = join(scratch, "changed.lock.json");
const seed = inject("fastCheckSeed");
writeLock(path, await makeLock(makeWorld("lts-tradeoff"), policies.mix(1), { users: 5000, steps: 3, seed: 3 }));
const text = readFileSync(path, "utf8");

type Place = readonly (string | number)[];

/** Every value in a document that is no list and no object. */
function placesOf(value: unknown, above: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [above];
  const parts = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return parts.flatMap(([name, part]) => placesOf(part, [...above, name as string | number]));
}

function set(document: unknown, place: Place, value: unknown): unknown {
  const copy = structuredClone(document) as Record<string, unknown>;
  const owner = place.slice(0, -1).reduce<Record<string, unknown>>((at, name) => at[name] as never, copy);
  owner[place.at(-1)!] = value;
  return copy;
}

function get(document: unknown, place: Place): unknown {
  return place.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], document);
}

const document: unknown = JSON.parse(text);
const places = placesOf(document);
const fields = Object.keys(document as object).map((name): Place => [name]);

test("a change of any value is refused", async () => {
  const values = fc.oneof(
    fc.constantFrom<unknown>("lts", "lts-notebook", "random", "first", "33", "notebook", 1, 2, 4, 60, null, true),
    fc.double(),
    fc.integer({ min: 0, max: 70_000 }),
    fc.stringMatching(/^[0-9a-f]{16}$/),
    fc.stringMatching(/^[0-9a-f]{64}$/),
    fc.jsonValue(),
  );
  const property = fc.asyncProperty(fc.constantFrom(...places, ...fields), values, async (place, value) => {
    fc.pre(JSON.stringify(get(document, place)) !== JSON.stringify(value));
    writeFileSync(changed, JSON.stringify(set(document, place, value), null, 2));
    expect((await mistakesOf(() => readLock(changed))).length).toBeGreaterThan(0);
  });
  await fc.assert(property, { seed, numRuns: 300 });
});

test.each<[string, string]>([
  ['"lts-tradeoff"', '"lts"'],
  ['"seed": "3"', '"seed": "33"'],
  ['"mix(1)"', '"mix(2)"'],
  ['"version": 2', '"version": 1'],
  ['"users": 5000', '"users": 5001'],
  ['"steps": 3', '"steps": 2'],
  ['"firstUser": 0', '"firstUser": "-0"'],
  ['"streamVersion": ', '"streamVersion": 1'],
  ['"timeBudget": 60', '"timeBudget": 61'],
  ['"scenario": ', '"scenario": "lts", "scenario": '],
  ['"seed": ', '"seed": "x", "s\\u0065ed": '],
])("%s changed to %s is refused", async (from, to) => {
  expect(text.split(from)).toHaveLength(2);
  writeFileSync(changed, text.replace(from, to));
  const told = await mistakesOf(() => readLock(changed));
  const twice = `"${changed}" expected every name of a field once, got "one twice"`;
  const version = `${changed}: "version" expected 2, of the locks that this slatesim makes and reads, got 1`;
  const checksum = `${changed}: "sha256" expected "#", the checksum of all other fields (the file was edited; \`slatesim lock\` makes a new lock), got "#"`;
  const expected = to.endsWith(from) || to.includes("u0065") ? twice : to === '"version": 1' ? version : checksum;
  expect(told.map((mistake) => mistake.replaceAll(/[0-9a-f]{64}/g, "#"))).toEqual([expected]);
});

test("a flipped bit is refused, or changes no value", async () => {
  let refused = 0;
  const property = fc.asyncProperty(fc.nat(text.length - 1), fc.nat(7), async (at, bit) => {
    const bytes = Buffer.from(text);
    bytes[at]! ^= 1 << bit;
    writeFileSync(changed, bytes);
    const same = (): boolean => {
      try {
        return JSON.stringify(JSON.parse(bytes.toString())) === JSON.stringify(document);
      } catch {
        return false;
      }
    };
    if (!same()) refused += 1;
    expect((await mistakesOf(() => readLock(changed))).length > 0).toBe(!same());
  });
  await fc.assert(property, { seed, numRuns: 300 });
  expect(refused).toBeGreaterThan(200); // spaces alone may be others
});

test("spaces, line ends, the order of fields and a byte order mark are nobody's promise", async () => {
  const turned = JSON.stringify(Object.fromEntries(Object.entries(document as object).toReversed()));
  for (const other of [`\uFEFF${text}`, text.replaceAll("\n", "\r\n"), turned]) {
    writeFileSync(changed, other);
    expect(await verifyLock(await readLock(changed))).toMatchObject({ equal: true });
  }
});

test("a lock of changed parameters keeps its scenario's name", async () => {
  for (const world of [makeWorld("lts-tradeoff", { slateSize: 2 }), longTermSatisfaction({ sensitivity: 0.1 })]) {
    writeLock(changed, await makeLock(world, policies.first(), { users: 10, steps: 2, seed: 1 }));
    expect((await readLock(changed)).world).toMatchObject({ scenario: world.scenario, hash: world.hash });
  }
});

test("lock replaces the lock of the same run, and anything else only when told to", () => {
  const words = ["--users", "10", "--steps", "2"];
  const file = join(scratch, "kept.lock.json");
  const locked = (...more: string[]) => slatesim("lock", file, ...words, ...more);
  writeFileSync(file, "");
  expect(locked().code).toBe(0);
  writeFileSync(file, readFileSync(file, "utf8").replace('"version": 2', '"version": 1'));
  expect(locked().code).toBe(0);
  const before = readFileSync(file, "utf8");
  expect(locked("--seed", "2")).toMatchObject({
    code: 2,
    err: `"${file}: seed" expected "2", as the lock that is to be written (--force replaces it), got "0"\n`,
  });
  const { code, err } = locked("--scenario", "choc-kale");
  const other = "as the lock that is to be written (--force replaces it), got";
  expect({ code, err: err.replaceAll(/"[0-9a-f]{16}"/g, "#") }).toEqual({
    code: 2,
    err: `"${file}: world" expected #, ${other} #\n"${file}: scenario" expected "choc-kale", ${other} "lts-tradeoff"\n`,
  });
  expect(readFileSync(file, "utf8")).toBe(before);
  expect(locked("--seed", "2", "--force").code).toBe(0);
  for (const content of ["my thesis", "{}", "[]", "null"]) {
    writeFileSync(file, content);
    expect(locked()).toEqual({
      code: 2,
      out: "",
      err: `"file" expected no file but a lock (--force replaces it), got "${file}"\n`,
    });
    expect(readFileSync(file, "utf8")).toBe(content);
  }
  expect(locked("--force").code).toBe(0);
});
