import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { didYouMean } from "../../src/check/didYouMean.js";
import { InvalidInput } from "../../src/check/invalidInput.js";
import { numberMistake, oneOfMistake, unknownFieldMistakes } from "../../src/check/mistakes.js";
import type { NumberRule } from "../../src/check/mistakes.js";
import { showValue } from "../../src/check/showValue.js";

describe("InvalidInput", () => {
  test("tells every mistake, one a line", () => {
    const error = new InvalidInput(["one is wrong", "two is wrong"]);
    expect(error.message).toBe("one is wrong\ntwo is wrong");
    expect(error.errors).toEqual(["one is wrong", "two is wrong"]);
    expect(error.name).toBe("InvalidInput");
    expect(error).toBeInstanceOf(Error);
  });

  test("keeps its mistakes when the caller's list goes on changing", () => {
    const list = ["one"];
    const error = new InvalidInput(list);
    list.push("two");
    expect(error.errors).toEqual(["one"]);
  });
});

describe("numberMistake", () => {
  const halfOpen: NumberRule = { min: 0, max: 1, maxExcluded: true };
  const slate: NumberRule = { min: 1, max: 32, integer: true };

  test.each<[string, unknown, NumberRule, string]>([
    ["memoryDiscount", 1.2, halfOpen, '"memoryDiscount" expected a number in [0, 1), got 1.2'],
    ["memoryDiscount", 1, halfOpen, '"memoryDiscount" expected a number in [0, 1), got 1'],
    ["slateSize", 3.5, slate, '"slateSize" expected an integer in [1, 32], got 3.5'],
    ["slateSize", "3", slate, '"slateSize" expected an integer in [1, 32], got "3"'],
    ["slateSize", 3n, slate, '"slateSize" expected an integer in [1, 32], got 3n'],
    ["slateSize", undefined, slate, '"slateSize" expected an integer in [1, 32], got undefined'],
    ["slateSize", NaN, slate, '"slateSize" expected an integer in [1, 32], got NaN'],
    ["sd", 0, { min: 0, minExcluded: true, max: 5 }, '"sd" expected a number in (0, 5], got 0'],
    ["sd", Infinity, { min: 0 }, '"sd" expected a number in [0, Infinity), got Infinity'],
    ["logit", Infinity, { min: -Infinity, max: 10 }, '"logit" expected a number in [-Infinity, 10], got Infinity'],
    ["mean", NaN, {}, '"mean" expected a finite number, got NaN'],
    ["mean", -Infinity, {}, '"mean" expected a finite number, got -Infinity'],
    ["count", 0.5, { integer: true }, '"count" expected an integer, got 0.5'],
  ])("%s = %s", (field, value, rule, message) => {
    expect(numberMistake(field, value, rule)).toBe(message);
  });

  test("accepts what the rule allows, bounds and allowed infinities included", () => {
    expect(numberMistake("x", 0, halfOpen)).toBeUndefined();
    expect(numberMistake("x", 32, slate)).toBeUndefined();
    expect(numberMistake("x", -Infinity, { min: -Infinity, max: 10 })).toBeUndefined();
    expect(numberMistake("x", -1e308, {})).toBeUndefined();
  });

  test("agrees with the interval it prints", () => {
    const rule = fc.record({ min: fc.integer({ max: 50, min: -50 }), max: fc.integer({ min: 51, max: 99 }) });
    const flags = fc.record({ minExcluded: fc.boolean(), maxExcluded: fc.boolean(), integer: fc.boolean() });
    const near = fc.integer({ min: -210, max: 210 }).map((half) => half / 2);
    fc.assert(
      fc.property(rule, flags, near, ({ min, max }, { minExcluded, maxExcluded, integer }, value) => {
        const inside = (minExcluded ? value > min : value >= min) && (maxExcluded ? value < max : value <= max);
        const legal = inside && (!integer || value % 1 === 0);
        const mistake = numberMistake("x", value, { min, max, minExcluded, maxExcluded, integer });
        const interval = `${minExcluded ? "(" : "["}${min}, ${max}${maxExcluded ? ")" : "]"}`;
        const kind = integer ? "an integer" : "a number";
        expect(mistake).toBe(legal ? undefined : `"x" expected ${kind} in ${interval}, got ${value}`);
      }),
    );
  });
});

describe("oneOfMistake", () => {
  const equations = ["prose", "notebook", "chocKale"];

  test("lists the choices and suggests the nearest", () => {
    const message = '"equations" expected one of "prose", "notebook", "chocKale", got ';
    expect(oneOfMistake("equations", "pros", equations)).toBe(`${message}"pros" (did you mean "prose"?)`);
    expect(oneOfMistake("equations", "zebra", equations)).toBe(`${message}"zebra"`);
    expect(oneOfMistake("equations", 7, equations)).toBe(`${message}7`);
    expect(oneOfMistake("equations", undefined, equations)).toBe(`${message}undefined`);
  });

  test("accepts every choice", () => {
    for (const choice of equations) expect(oneOfMistake("equations", choice, equations)).toBeUndefined();
  });
});

describe("unknownFieldMistakes", () => {
  test("names every unknown field, with a suggestion where one is near", () => {
    const given = { sensitvity: 1, sensitivity: 2, zzz: 3 };
    expect(unknownFieldMistakes("parameter", given, ["sensitivity", "slateSize"])).toEqual([
      '"sensitvity" is not a parameter (did you mean "sensitivity"?)',
      '"zzz" is not a parameter',
    ]);
    expect(unknownFieldMistakes("option", { uses: 1 }, ["users"])).toEqual([
      '"uses" is not an option (did you mean "users"?)',
    ]);
  });

  test("is not fooled by names that every object has", () => {
    expect(unknownFieldMistakes("parameter", { constructor: 1 }, ["users"])).toEqual([
      '"constructor" is not a parameter',
    ]);
    const given: object = JSON.parse('{"__proto__":1}');
    expect(unknownFieldMistakes("parameter", given, ["users"])).toEqual(['"__proto__" is not a parameter']);
  });
});

describe("didYouMean", () => {
  const commands = ["run", "trace", "mix"];

  test("suggests what is near and keeps silent about what is not", () => {
    expect(didYouMean("trce", commands)).toBe(' (did you mean "trace"?)');
    expect(didYouMean("TRACE", commands)).toBe(' (did you mean "trace"?)');
    expect(didYouMean("trcae", commands)).toBe(' (did you mean "trace"?)');
    expect(didYouMean("rnu", ["train", "run"])).toBe(' (did you mean "run"?)');
    expect(didYouMean("nur", ["train", "run"])).toBe("");
    expect(didYouMean("elephant", commands)).toBe("");
    expect(didYouMean("evaluate", ["eval", "run"])).toBe(' (did you mean "eval"?)');
    expect(didYouMean("tabular", ["tabular-q", "first"])).toBe(' (did you mean "tabular-q"?)');
    expect(didYouMean("bandit", ["bandit-one-arm", "bandit-two-arms"])).toBe("");
    expect(didYouMean("", commands)).toBe("");
    expect(didYouMean("run", [])).toBe("");
  });

  test("suggests the word itself for a word with one letter changed", () => {
    const words = ["sensitivity", "memoryDiscount", "innovationStddev", "timeBudget"];
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.nat({ max: 9 }), (word, at) => {
        const misspelt = `${word.slice(0, at)}#${word.slice(at + 1)}`;
        expect(didYouMean(misspelt, words)).toBe(` (did you mean "${word}"?)`);
      }),
    );
  });
});

describe("showValue", () => {
  test.each<[unknown, string]>([
    ['a\n"b"', String.raw`"a\n\"b\""`],
    [-0, "-0"],
    [5n, "5n"],
    [null, "null"],
    [Symbol("s"), "Symbol(s)"],
    [() => 1, "a function"],
    [{ a: [1, NaN, 2n] }, '{"a":[1,"NaN","2n"]}'],
    [[], "[]"],
  ])("%s", (value, text) => {
    expect(showValue(value)).toBe(text);
  });

  test("survives a cycle, and cuts what is too long to read", () => {
    const cycle: { self?: object } = {};
    cycle.self = cycle;
    expect(showValue(cycle)).toBe("[object Object]");
    expect(showValue("x".repeat(1000))).toBe(`"${"x".repeat(79)}…`);
  });
});
