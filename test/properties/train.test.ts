// What training writes, as far as it needs no files: checksums, event records, exact JSON.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { crc32c, maskedCrc32c } from "../../src/train/crc32c.js";
import { fileVersionRecord, scalarRecord } from "../../src/train/eventRecords.js";
import { decodeJson, encodeJson } from "../../src/check/exactJson.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { readRecords } from "../support/tfRecords.js";
import { crc32cByDivision } from "../support/crc32cByDivision.js";

const text = (letters: string): Uint8Array => new TextEncoder().encode(letters);
const bytes = fc.uint8Array({ maxLength: 200 });

describe("crc32c", () => {
  // RFC 3720, appendix B.4, and the check value of the catalogue of parametrised CRCs.
  test.each([
    [text("123456789"), 0xe3069283],
    [text(""), 0],
    [new Uint8Array(32), 0x8a9136aa],
    [new Uint8Array(32).fill(0xff), 0x62a8ab43],
    [Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
    [Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
  ])("known vector %#", (given, expected) => {
    expect(crc32c(given)).toBe(expected);
  });

  test("is the remainder of the division by the polynomial", () => {
    fc.assert(
      fc.property(bytes, (given) => {
        expect(crc32c(given)).toBe(crc32cByDivision(given));
      }),
    );
  });

  test("is masked by a rotation and a sum, which can be undone", () => {
    fc.assert(
      fc.property(bytes, (given) => {
        const rotated = BigInt.asUintN(32, BigInt(maskedCrc32c(given)) - 0xa282ead8n);
        expect(BigInt.asUintN(32, (rotated >> 17n) | (rotated << 15n))).toBe(BigInt(crc32c(given)));
      }),
    );
  });
});

describe("event records", () => {
  const scalars = fc.array(fc.tuple(fc.string({ maxLength: 300 }), fc.float()), { maxLength: 5 });

  test("are framed by their lengths and checksums, one after another", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), scalars)), (steps) => {
        const written = [fileVersionRecord(), ...steps.map(([step, given]) => scalarRecord(step, given))];
        const file = Uint8Array.from(written.flatMap((record) => [...record]));
        expect(readRecords(file).map((message) => message.length)).toEqual(written.map(({ length }) => length - 16));
      }),
    );
  });

  test("begin with the version of the format", () => {
    const [message] = readRecords(fileVersionRecord());
    expect(message).toEqual(Uint8Array.from([9, ...Array<number>(8).fill(0), 26, 13, ...text("brain.Event:2")]));
  });

  test("hold step, tag and value as protobuf says", () => {
    const [message] = readRecords(scalarRecord(300, [["a/train", 1.5]]));
    const value = [10, 7, ...text("a/train"), 21, 0, 0, 0xc0, 0x3f];
    const wallTime = [9, 0, 0, 0, 0, 0, 0xc0, 0x72, 0x40];
    const expected = [...wallTime, 16, 0xac, 2, 42, value.length + 2, 10, value.length, ...value];
    expect([...message!]).toEqual(expected);
  });
});

describe("exact JSON", () => {
  const word = fc.constantFrom("NaN", "Infinity", "-Infinity", "-0", "0", "'", "__proto__", "nan");
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.tuple(fc.nat(3), word).map(([n, w]) => "'".repeat(n) + w),
  );
  const leaf = fc.oneof(fc.double(), fc.constantFrom(-0, NaN, 5e-324), texts, fc.boolean(), fc.constant(null));
  const { json } = fc.letrec<{ json: never }>((tie) => ({
    json: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie("json"), { maxLength: 4 }),
      fc.dictionary(texts, tie("json"), { maxKeys: 4, noNullPrototype: true }),
    ) as fc.Arbitrary<never>,
  }));

  test("gives back every bit of plain data, and the same text again", () => {
    fc.assert(
      fc.property(json, fc.constantFrom(undefined, 2), (value, indent) => {
        const written = encodeJson(value, "x", indent);
        expect(decodeJson(written)).toStrictEqual(value);
        expect(encodeJson(decodeJson(written), "x", indent)).toBe(written);
        expect(() => JSON.parse(written)).not.toThrow();
      }),
    );
  });

  test.each<[string, unknown]>([
    ["a function", () => 0],
    ["undefined", undefined],
    ["a typed array", new Float64Array(2)],
    ["a date", new Date(0)],
    ["a map", new Map()],
    ["a bigint", 1n],
    ["a hole", Array(1)],
    ["a symbol", Symbol("s")],
  ])("refuses %s, also deep inside", async (_, value) => {
    expect(await mistakesOf(() => encodeJson([{ inner: value }] as never, "agent snapshot"))).toEqual([
      expect.stringMatching(/^"agent snapshot" expected plain data, got /),
    ]);
  });
});
