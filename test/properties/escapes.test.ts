import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { escapeControls, escapeInLines } from "../../src/check/escapeControls.js";
import { encodeJson } from "../../src/check/exactJson.js";
import { InvalidInput } from "../../src/check/invalidInput.js";
import { expectedMistake, oneOfMistake, unknownFieldMistakes } from "../../src/check/mistakes.js";
import { showValue } from "../../src/check/showValue.js";
import { policies, scenarios, simulate } from "../../src/index.js";
import { describeRun } from "../../src/report/describeRun.js";
import { toJson } from "../../src/report/json.js";
import { table } from "../../src/report/table.js";
import { wrap } from "../../src/report/wrap.js";
import { lts } from "../support/reported.js";

/** C0, DEL, C1, what turns the direction of writing, what is not seen, what breaks a line, and halves of pairs. */
const unsafeRanges =
  "0-1f 7f-9f ad 61c 200b-200f 2028-202e 2060-2064 2066-206f d800-dfff feff fff9-fffb e0001 e0020-e007f"
    .split(" ")
    .map((range) => range.split("-").map((text) => parseInt(text, 16)));

function mustEscape(point: number): boolean {
  return unsafeRanges.some(([from, to = from]) => from! <= point && point <= to!);
}

const hostile = "\u001b[31mred\u009b2J\u007f\u202e\u2066\u2028\u2029\r\n\ud800\u200b";
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe("escapeControls", () => {
  test("leaves nothing of any code point that a terminal would obey, and all else as it is", () => {
    for (let point = 0; point <= 0x10ffff; point++) {
      const character = String.fromCodePoint(point);
      const escaped = escapeControls(character);
      if (mustEscape(point)) expect(escaped).toMatch(/^(\\[btnfr]|\\u[0-9a-f]{4}(\\u[0-9a-f]{4})?)$/);
      if (/^[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}]$/u.test(character) && escaped !== character) expect(point).toBe(-1);
      if (UNSAFE.test(escaped)) expect(point).toBe(-1);
    }
  });

  test("writes what JSON reads back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(JSON.parse(escapeControls(JSON.stringify(text)))).toBe(text);
        expect(JSON.parse(toJson({ [text]: text }))).toEqual(JSON.parse(JSON.stringify({ [text]: text })));
      }),
    );
  });

  test("keeps line breaks that are our own, and no other", () => {
    expect(escapeInLines(`a\n${"b\r"}\n`)).toBe("a\nb\\r\n");
  });
});

describe("what is printed of others", () => {
  test.each<[string, () => string]>([
    ["a value", () => showValue(hostile)],
    ["a symbol", () => showValue(Symbol(hostile))],
    ["an object", () => showValue({ [hostile]: hostile })],
    ["an object of a named kind", () => showValue({ [Symbol.toStringTag]: hostile, toJSON: () => undefined })],
    ["the name of a field", () => expectedMistake(hostile, "a number", 1)],
    ["a choice", () => oneOfMistake("policy", hostile, ["first"])!],
    ["an unknown field", () => unknownFieldMistakes("option", { [hostile]: 1 }, [])[0]!],
    ["a mistake", () => new InvalidInput([hostile]).message],
    ["an item in a row", () => wrap([hostile, hostile], Infinity)],
    ["a cell, and a title", () => table([[hostile]])],
    ["a document", () => toJson(hostile)],
  ])("%s is escaped", (_, said) => {
    expect(said()).toContain("\\u001b[31mred");
    expect(said()).not.toMatch(UNSAFE);
  });

  test("a policy's name and a seed are escaped in a report", async () => {
    const policy = { ...policies.first(), name: hostile };
    const whole = hostile.replaceAll("\ud800", "");
    const run = await simulate(scenarios["lts"]!, policy, { users: 2, seed: whole });
    const text = describeRun(run, { ...lts, label: hostile });
    expect(text.match(/red/g)!.length).toBeGreaterThanOrEqual(3);
    expect(text.replaceAll("\n", "")).not.toMatch(UNSAFE);
    expect(text).not.toContain("\r");
  });

  test("what a policy throws is escaped", async () => {
    const policy = {
      name: hostile,
      fillSlates() {
        throw new Error(hostile);
      },
    };
    const failure = await simulate(scenarios["lts"]!, policy, { users: 2, seed: 1 }).catch((error: Error) => error);
    expect(String(failure)).toContain("\\u001b[31mred");
    expect(String(failure)).not.toMatch(UNSAFE);
  });

  test("a cut never parts a pair", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 60, maxLength: 120 }), (text) => {
        expect(showValue(text)).not.toMatch(/\p{Cs}|\\ud[89ab]/u);
      }),
    );
  });

  test("a strange object is shown somehow", () => {
    const throwing = new Proxy({}, { get: () => { throw new Error("no") }, ownKeys: () => { throw new Error("no") } }); // prettier-ignore
    expect(showValue(throwing)).toBe("[object Object]");
    expect(showValue(Object.create(null))).toBe("{}");
    let deep: unknown = 1;
    for (let level = 0; level < 20_000; level++) deep = [deep];
    expect(showValue(deep).length).toBeLessThan(200);
  });
});

describe("InvalidInput", () => {
  test("tells twenty mistakes, and how many more there are", () => {
    const many = Array.from({ length: 5000 }, (_, place) => `mistake ${place}`);
    const { errors, message } = new InvalidInput(many);
    expect(errors).toEqual([...many.slice(0, 20), "and 4980 more"]);
    expect(message.split("\n")).toHaveLength(21);
    expect(new InvalidInput(many.slice(0, 20)).errors).toHaveLength(20);
  });
});

describe("a policy that fills no slates", () => {
  test("is told of by three users, and how many more there are", async () => {
    const empty = { name: "empty", fillSlates() {} };
    const failure = await simulate(scenarios["lts"]!, empty, { users: 500, seed: 1 }).catch((error: unknown) => error);
    const { errors } = failure as InvalidInput;
    expect(errors).toHaveLength(4);
    expect(errors[3]).toMatch(/^policy "empty" at step 0: and \d+ more$/);
  });
});

describe("encodeJson", () => {
  test("refuses what loops, and what has too many levels", () => {
    const loop: Record<string, unknown> = {};
    loop["self"] = loop;
    let deep: unknown = 1;
    for (let level = 0; level < 20_000; level++) deep = [deep];
    for (const value of [loop, deep]) {
      expect(() => encodeJson(value as never, "state")).toThrow(/^"state" expected at most 1000 levels of plain data/);
    }
  });
});
