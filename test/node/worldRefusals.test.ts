// What is outside of the subset of world files is refused with line, column and reason; every message of the compiler has an example.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { NEEDED_FUNCTIONS, NEEDED_RECORDS } from "../../src/compiler/form.js";
import { InvalidSource } from "../../src/compiler/sourceText.js";
import { checked } from "../support/worldReadings.js";

const WORLD = `import { Draws, Vector, vector, exp, multinomialLogit, f64, i32, bool } from "slatesim/world";
export const slateSize = 2;
export const numCandidates = 5;
export const choice = multinomialLogit();
export class Parameters { rate: f64 = 1; }
export const parameters = new Parameters();
export class Document { quality: f64 = 0; }
export class User { interest: f64 = 0; tastes: Vector = vector(3); count: i32 = 0; isNew: bool = false; }
export class Response { reward: f64 = 0; }
function twice(x: f64): f64 { return 2 * x; }
function fill(list: Vector): void { list[0] = 1; }
function forget(user: User): void { user.interest = 0; }
export function sampleDocument(document: Document, draws: Draws): void { document.quality = draws.uniform(); }
export function sampleUser(user: User, draws: Draws): void { user.interest = draws.normal(); }
export function score(user: User, document: Document): f64 { return user.interest * document.quality; }
export function respond(user: User, document: Document, isClicked: bool, response: Response): void { response.reward = 1; }
export function reward(response: Response): f64 { return response.reward; }
export function transition(user: User, document: Document, response: Response, draws: Draws): void {
  let x: f64 = 1;
  const k: i32 = 2;
  user.interest = x * k; //
}
`;

/** A statement of `transition`: ¤ is before the first character of what is refused. */
const STATEMENTS: readonly (readonly [statement: string, message: string])[] = [
  ["user.count = ¤1.5;", "expected i32, not f64: write i32(…) to cut a number off"],
  ["user.isNew = ¤x;", "expected bool, not f64"],
  ["user.interest = ¤new User();", "expected no new: records are made by slatesim, and handed to functions"],
  ['user.interest = ¤"much";', "expected no text: worlds are made of numbers"],
  ["user.interest = ¤twice(1, 2);", "expected 1 arguments of twice, not 2"],
  ["user.interest = ¤twice();", "expected 1 arguments of twice, not 0"],
  ["¤forget();", "expected 1 arguments of forget, not 0"],
  ["user.interest = ¤user.age;", "expected a field of User, not age"],
  ["¤parameters.rate = 2;", "expected no writing to the parameters"],
  ["forget(¤document);", "expected a record of class User"],
  ["fill(¤x);", "expected a parameter or a field of type vector"],
  ["user.count = ¤3000000000;", "expected a 32-bit integer, not 3000000000"],
  ["user.interest = ¤document;", "expected a number or a truth value, not Document"],
  ["user.interest = ¤y;", "expected a name that is declared, not y"],
  ["user.interest = ¤x.y;", "expected a field of a record of this function"],
  ["user.interest = ¤user.tastes;", "expected an element of the vector, as in tastes[0]"],
  ["user.interest = ¤x[0];", "expected an element of a vector"],
  ["user.interest = ¤-true;", "expected a number"],
  ["user.interest = ¤draws.uniform(1);", "expected 0 arguments, not 1"],
  ["user.count = draws.integer(¤0);", "expected a range of at least 1, not 0"],
  ["user.count = ¤draws.poisson();", "expected uniform(), normal() or integer(range), not poisson"],
  ["user.interest = ¤exp();", "expected 1 arguments of exp"],
  ["user.interest = ¤f64();", "expected 1 argument of f64"],
  ["user.interest = ¤f64(true);", "expected a number, as in x ? 1 : 0"],
  ["user.interest = ¤fetch(x);", "expected a function of this file, or one imported from slatesim/world, not fetch"],
  [
    "const twice: f64 = 1; user.interest = ¤twice(x);",
    "expected a function of this file, or one imported from slatesim/world, not twice",
  ],
  ["user.interest = ¤forget(user);", "expected a value, and forget returns none"],
  ["¤break;", "expected break inside a loop"],
  ["let ¤y: f64;", "expected a first value, as in let y: f64 = 0"],
  ["let ¤y: Vector = 0;", "expected f64, i32 or bool: nothing else is made inside a function"],
  ["let ¤x: f64 = 2;", "expected another name: there is already x"],
  ["¤k = 3;", "expected a variable declared by let, not k"],
  ["¤user.tastes = 3;", "expected a variable, a field that is no vector, or an element of a vector"],
  ["¤x + 1;", "expected an assignment, or a call of a function of this file"],
  ["¤return 1;", "expected return without a value"],
  [
    "user.interest = ¤Math.sin(x);",
    "expected one of Math.sqrt, Math.abs, Math.min, Math.max, Math.floor, Math.ceil, Math.trunc: exp, log and logistic of slatesim/world have the same bits everywhere",
  ],
  ["let y: ¤date = 1;", "expected f64, i32, bool, Vector, Draws or a class of this file, not date"],
  ["let y: ¤f64 | null = 1;", "expected f64, i32, bool, Vector or a class of this file, not f64 | null"],
  ["while (x > 0) { break ¤out; }", "expected no label"],
  [
    "¤switch (x) { default: }",
    "expected variables, assignments, calls, if, for, while, break, continue and return only",
  ],
  ["user.interest = ¤new User(1);", "expected new without arguments"],
  ["user.interest = ¤/x/;", "expected a finite number, true or false"],
  ["user.interest = ¤~x;", "expected the operators -, + and ! only; ++ and -- are statements of their own"],
  [
    "user.interest = ¤x ** 2;",
    "expected one of the operators + - * / % < <= > >= == != && ||; assignments are statements of their own",
  ],
  ["user.interest = ¤() => 1;", "expected no function inside an expression: closures cannot be compiled"],
  ["user.interest = ¤x as f64;", "expected no type assertion: write i32(x) or f64(x) to convert a number"],
  ["user.interest = ¤[x];", "expected a finite number, true or false"],
  ["user.interest = ¤x++;", "expected numbers, fields, elements of vectors, operators and calls only"],
];

/** A text of the file, what takes its place, and the message. */
const CHANGES: readonly (readonly [from: string, to: string, message: string])[] = [
  ["return 2 * x;", "return ¤twice(x);", "expected no recursion: twice calls itself"],
  ["twice(x: f64)", "twice(¤x)", "expected a type, as in x: f64"],
  ["twice(x: f64)", "twice(x: f64, ¤x: f64)", "expected one parameter x"],
  [
    "function twice(x: f64): f64 { return",
    "¤function twice(x: f64): f64 { if (x > 0) return",
    "expected twice to return f64 on every path",
  ],
  ["function twice(x: f64): f64", "function twice(x: f64)¤", "Type expected."],
  [
    "function twice(x: f64): f64",
    "function twice(x: f64): ¤User",
    "expected f64, i32, bool or void: records are handed in to be filled",
  ],
  ["return 2 * x;", "¤return;", "expected return with a value of type f64"],
  ["slateSize = 2", "¤slateSize = 6", "expected slateSize in [1, 5], not 6"],
  ["slateSize = 2", "¤slateSize = 0", "expected slateSize in [1, 16384], not 0"],
  ["export const slateSize = 2;", "", "expected export const slateSize = an integer in [1, 16384]"],
  ["export class Response { reward: f64 = 0; }", "", "expected a class Response"],
  [
    "export const parameters = new Parameters();",
    "",
    "expected export const parameters = new Parameters() beside the class Parameters",
  ],
  ["rate: f64 = 1", "rate: Vector = vector(2)", "expected Parameters of single numbers"],
  ["export function score", "function score", "expected export function score"],
  [
    "function twice",
    "export class Metrics { x: f64 = 0; }\nfunction twice",
    "expected both export function measure and export class Metrics, or neither",
  ],
  [
    "export function score(user: User, document: Document)",
    "¤export function score(user: User, x: f64)",
    "expected score(User, Document); the last ones may be left out",
  ],
  [
    "export function reward(response: Response): f64 { return response.reward; }",
    "¤export function reward(response: Response): bool { return true; }",
    "expected reward to return f64, not bool",
  ],
  [
    "export function transition",
    "¤export function isTerminal(user: User): bool { user.count = 1; return true; }\nexport function transition",
    "expected isTerminal to write to nothing, not to user",
  ],
  [
    "function twice",
    "¤export function twice",
    "expected only parts of a world to be exported, not twice: sampleDocument, sampleUser, score, respond, transition, transitionWithoutClick, reward, isTerminal, rank, observeUser, observeDocument, measure, Document, User, Response, Parameters, UserObservation, DocumentObservation, Metrics",
  ],
  [
    "export const slateSize",
    "export const ¤size = 1;\nexport const slateSize",
    "expected one of slateSize, numCandidates, timeBudget, choice, parameters, name to be exported, not size",
  ],
  [
    "export const slateSize",
    'export const ¤name = "";\nexport const slateSize',
    'expected a text that is not empty, as in name = "patience"',
  ],
  [
    "choice = multinomialLogit()",
    "¤choice = 1",
    "expected export const choice = multinomialLogit(noClickLogit) or multinomialProportional(minNormalizer, noClickMass)",
  ],
  ["multinomialLogit();", "multinomialLogit(¤parameters.none);", "expected a field of Parameters, not none"],
  ["slateSize = 2", "slateSize = ¤1 + 1", "expected a number, or the name of a constant that is one"],
  [
    "import {",
    '¤import { readFileSync } from "node:fs";\nimport {',
    'expected imports from "slatesim/world" only, not from "node:fs"',
  ],
  [
    "vector, exp,",
    "vector, exp, ¤sin,",
    "expected one of exp, log, logistic, sqrt, abs, min, max, floor, ceil, trunc, i32, f64, vector, multinomialLogit, multinomialProportional, Draws, Vector, f64, i32, bool, not sin",
  ],
  ["slateSize = 2", "¤slateSize", "'const' declarations must be initialized."],
  ["export const slateSize", "const word = ¤exp(1);\nexport const slateSize", "expected a number"],
  ["new Parameters()", "¤new User()", "expected new Parameters(): other records are handed to functions"],
  [
    "new Parameters();",
    "new Parameters();\nconst others = ¤new Parameters();",
    "expected one constant of Parameters; parameters is one",
  ],
  ["quality: f64 = 0;", "quality: f64 = 0; ¤quality: f64 = 1;", "expected one field quality"],
  ["quality: f64 = 0;", "quality: f64 = 0; ¤__proto__: f64 = 1;", "expected a name that does not begin with __"],
  [
    "export class Document { quality: f64 = 0;",
    "¤export class Document { quality: f64 = 0; many: Vector = vector(4096);",
    "expected at most 4096 numbers in a class, not 4097",
  ],
  [
    "quality: f64 = 0;",
    "quality: f64 = 0; label: ¤string = 0;",
    "expected a field with a type: f64, i32, bool or Vector",
  ],
  [
    "quality: f64 = 0;",
    "quality: f64 = 0; label: ¤toString = 0;",
    "expected a field with a type: f64, i32, bool or Vector",
  ],
  ["quality: f64 = 0;", "quality: f64 = 0; ¤age: f64;", "expected a first value, as in age: f64 = 0"],
  ["isNew: bool = false", "isNew: bool = ¤1", "expected true or false"],
  ["count: i32 = 0", "count: i32 = ¤0.5", "expected a 32-bit integer, not 0.5"],
  ["vector(3)", "¤vector(0)", "expected a length in [1, 4096], as in = vector(20)"],
  [
    "function twice",
    "¤function exp(): f64 { return 1; }\nfunction twice",
    "expected another name: there is already exp",
  ],
  [
    "export const slateSize",
    "let ¤state = 1;\nexport const slateSize",
    "expected const: a world keeps its state in its users",
  ],
  [
    "export const slateSize",
    "¤enum Kind { A }\nexport const slateSize",
    "expected imports, constants, classes and functions only",
  ],
  [
    "import {",
    '¤import * as all from "slatesim/world";\nimport {',
    "expected an import by names: import { exp } from …",
  ],
  [
    "export class Response",
    "¤export class Response extends User",
    "expected a class of fields, without extends, implements and type parameters",
  ],
  [
    "quality: f64 = 0;",
    "quality: f64 = 0; ¤better(): f64 { return 1; }",
    "expected a field: functions of a world stand outside its classes",
  ],
  [
    "quality: f64 = 0;",
    "quality: f64 = 0; ¤static best: f64 = 0;",
    "expected a field that is not static, declared or abstract",
  ],
  ["function twice(", "¤function twice<T>(", "expected a function without type parameters"],
  ["function twice", "¤declare function other(): void;\nfunction twice", "expected a function with a body"],
  ["twice(x: f64)", "twice(¤x: f64 = 1)", "expected a parameter without default, ? and ..."],
  ["return 2 * x;", "return 2 * ¤;", "Expression expected."],
];

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
  expect(refused(text).map((each) => each.split(": ")[0])).toEqual(["2:14", "21:26", "21:40"]);
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
