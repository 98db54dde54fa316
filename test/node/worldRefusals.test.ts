// What is outside of the subset of world files is refused with line, column and reason; every message of the compiler has an example.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { NEEDED_FUNCTIONS, NEEDED_RECORDS } from "../../src/compiler/form.js";
import { InvalidSource } from "../../src/compiler/sourceText.js";
import { CHANGES, WORLD } from "../support/refusedFiles.js";
import { STATEMENTS } from "../support/refusedStatements.js";
import { checked } from "../support/worldReadings.js";

const cases = [
  ...STATEMENTS.map(([statement, message]) => [message, WORLD.replace("//", () => statement)] as const),
  ...CHANGES.map(([from, to, message]) => [message, WORLD.replace(from, () => to)] as const),
];

/** What `text` is refused for, as "line:column: message". */
function refused(text: string): string[] {
  try {
    checked(text);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidSource);
    return (error as InvalidSource).mistakes.map(({ line, column, message }) => `${line}:${column}: ${message}`);
  }
}

/** Line and column of the last ¤; without one the file's beginning. */
function placeOf(text: string): string {
  const before = text.slice(0, Math.max(0, text.lastIndexOf("¤"))).replaceAll("¤", "");
  return `${before.split("\n").length}:${before.length - before.lastIndexOf("\n")}`;
}

test("the world that the others are made of is legal", () => {
  expect(refused(WORLD)).toEqual([]);
});

test.each(cases)("%#: %s", (message, text) => {
  expect(refused(text.replaceAll("¤", "")).join("\n")).toContain(`${placeOf(text)}: ${message}`);
});

test("all mistakes are told at once, in their order", () => {
  const text = WORLD.replace("slateSize = 2", "slateSize = 0").replace("//", "user.age = 1; y = 2;");
  expect(refused(text).map((each) => each.split(": ")[0])).toEqual(["2:14", "22:26", "22:40"]);
});

test("a number that is refused bounds no other, and is refused once", () => {
  const changes = {
    "numCandidates = 5": "numCandidates = 40000",
    "slateSize = 2": "slateSize = oops",
    "vector(3)": "vector(oops)",
    "count: i32 = 0": "count: i32 = -oops",
    "multinomialLogit();": "multinomialProportional(oops, -1);",
    "rate: f64 = 1": "rate: f64 = SIZE",
    "export const choice": "const SIZE = -oops;\nexport const choice",
    "//": "user.count = SIZE; user.count = draws.integer(SIZE); user.tastes[SIZE] = 1;",
  };
  const text = Object.entries(changes).reduce((made, [from, to]) => made.replace(from, () => to), WORLD);
  const unknown = "expected a number, or the name of a constant that is one";
  expect(refused(text)).toEqual([
    `2:26: ${unknown}`,
    "3:14: expected numCandidates in [1, 32768], not 40000",
    `4:15: ${unknown}`,
    `5:47: ${unknown}`,
    `9:64: ${unknown}`,
    `9:85: ${unknown}`,
  ]);
});

test("all that a file lacks is told at once", () => {
  const lacking = refused("").map((each) => each.replace(/^1:1: expected (export )?(a )?/, ""));
  expect(lacking.map((each) => each.split(" =")[0])).toEqual([
    ...NEEDED_RECORDS.map((name) => `class ${name}`),
    ...NEEDED_FUNCTIONS.map((name) => `function ${name}`),
    ...["slateSize", "numCandidates", "choice"].map((name) => `const ${name}`),
  ]);
});

test("every message of the compiler has an example", () => {
  const folder = new URL("../../src/compiler/", import.meta.url);
  const sources = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));
  const messages = sources.flatMap((source) =>
    [...source.matchAll(/(["'`])(expected .*?)\1(?=[,);\n])/g)].map(([, , message]) => message!),
  );
  expect(messages.length).toBeGreaterThan(60);
  const patterns = messages.map((each) =>
    each
      .replace(/\$\{[^}]*\}/g, "\0")
      .replace(/[.*+?^()|[\]\\{}$]/g, "\\$&")
      .replaceAll("\0", ".*"),
  );
  const untested = patterns.filter((pattern) => !cases.some(([message]) => new RegExp(`^${pattern}$`).test(message)));
  expect(untested).toEqual([]);
});

test("constants below the classes whose fields they are first values of are legal, as these are made later", () => {
  const text = WORLD.replace("interest: f64 = 0", "interest: f64 = START").replace("vector(3)", "vector(TOPICS)");
  expect(refused(`${text}const START = 0.5;\nconst TOPICS = 3;\n`)).toEqual([]);
});
