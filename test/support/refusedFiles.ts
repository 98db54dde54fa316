// World files that are refused: a legal one, changes to it, and what each is refused for.
import { CHOICES } from "./refusedChoices.js";

/** A legal world file; `//` stands where a statement of `transition` can be put. */
export const WORLD = `import { Draws, Vector, vector, exp, multinomialLogit, multinomialProportional, exponentialCascade, proportionalCascade, f64, i32, bool } from "slatesim/world";
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
function remember(user: User): i32 { user.interest = 1; return 1; }
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

/** A text of the file, what takes its place, and the message. */
export const CHANGES: readonly (readonly [from: string, to: string, message: string])[] = [
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
    "export function transition",
    "¤export function isTerminal(user: User): bool { forget(user); return true; }\nexport function transition",
    "expected isTerminal to write to nothing, not to user",
  ],
  [
    "export function transition",
    "¤export function isTerminal(user: User): bool { fill(user.tastes); return true; }\nexport function transition",
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
    "expected one of slateSize, numCandidates, timeBudget, choice, parameters, name, resample to be exported, not size",
  ],
  [
    "export const slateSize",
    'export const ¤resample = "user";\nexport const slateSize',
    'expected resample to be "step", "episode", "never", not user',
  ],
  [
    "export const slateSize",
    "export const ¤resample = 1;\nexport const slateSize",
    'expected resample to be "step", "episode", "never", not number',
  ],
  [
    "export const slateSize",
    'export const ¤name = "";\nexport const slateSize',
    'expected a text that is not empty, as in name = "patience"',
  ],
  ...CHOICES,
  [
    "function twice",
    "export class Metrics { v: Vector = vector(2); ¤v0: f64 = 0; }\nfunction twice",
    "expected metrics of different names: there is already v0",
  ],
  [
    "function twice",
    "export class Metrics { v1: f64 = 0; ¤v: Vector = vector(2); }\nfunction twice",
    "expected metrics of different names: there is already v1",
  ],
  [
    "function twice",
    "export class Metrics { x: f64 = 0; ¤episodeLength: f64 = 0; }\nfunction twice",
    "expected metrics of different names: there is already episodeLength",
  ],
  [
    "function twice",
    "export class Metrics { ¤users: f64 = 0; }\nfunction twice",
    "expected metrics of different names: there is already users",
  ],
  [
    "export class Parameters { rate: f64 = 1; }\nexport const parameters = new Parameters();",
    "export const parameters = ¤new Parameters();\nexport class Parameters { rate: f64 = 1; }",
    "expected class Parameters to be declared above new Parameters()",
  ],
  [
    "export class Parameters { rate: f64 = 1; }\nexport const parameters = new Parameters();",
    "export class Parameters { rate: f64 = ¤RATE; }\nexport const parameters = new Parameters();\nconst RATE = 1;",
    "expected RATE to be declared above where its value is needed",
  ],
  [
    "multinomialLogit();",
    "multinomialLogit(-¤LOGIT);\nconst LOGIT = 1;",
    "expected LOGIT to be declared above where its value is needed",
  ],
  ["slateSize = 2", "slateSize = ¤1 + 1", "expected a number, or the name of a constant that is one"],
  [
    "import {",
    '¤import { readFileSync } from "node:fs";\nimport {',
    'expected imports from "slatesim/world" only, not from "node:fs"',
  ],
  [
    "vector, exp,",
    "vector, exp, ¤sin,",
    "expected one of exp, log, logistic, sqrt, abs, min, max, floor, ceil, trunc, i32, f64, vector, multinomialLogit, multinomialProportional, exponentialCascade, proportionalCascade, Draws, Vector, f64, i32, bool, not sin",
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
