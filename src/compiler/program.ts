/** A world file that has been checked: every expression has a type, and every name stands for one thing. */
import type { ChoiceModelName } from "./choiceNumbers.js";

/** 64-bit floating point, 32-bit integer, truth value. */
export type ValueType = "f64" | "i32" | "bool";

/** A field of a record: one value, or a vector of `length` f64. */
export interface Field {
  readonly name: string;
  readonly type: ValueType | "vector";
  /** 1, or the length of the vector. */
  readonly length: number;
  /** Place in the record, in values. */
  readonly offset: number;
  /** Value before anything is written; 1 and 0 for truth values. */
  readonly initial: number;
}

/** A class of the file. */
export interface RecordType {
  readonly name: string;
  readonly fields: readonly Field[];
  /** Values in it. */
  readonly size: number;
}

/** Type of a parameter: a value, a record, a vector of any length, or draws. */
export type ParameterType = ValueType | "vector" | "draws" | RecordType;

export interface Parameter {
  readonly name: string;
  readonly type: ParameterType;
}

export const BUILT_IN_FUNCTIONS = [
  "exp",
  "log",
  "logistic",
  "sqrt",
  "abs",
  "min",
  "max",
  "floor",
  "ceil",
  "trunc",
] as const;
export type BuiltInFunction = (typeof BUILT_IN_FUNCTIONS)[number];

/** A record that an expression names: a parameter of the function, or the parameters of the world. */
export type RecordReference = { readonly kind: "argument"; readonly name: string } | { readonly kind: "parameters" };

/** A vector: a field of a record, or a parameter of the function. */
export type VectorReference =
  | { readonly kind: "field"; readonly record: RecordReference; readonly field: Field }
  | { readonly kind: "argument"; readonly name: string };

export type Expression =
  | { readonly kind: "number"; readonly type: "f64" | "i32"; readonly value: number }
  | { readonly kind: "boolean"; readonly type: "bool"; readonly value: boolean }
  | { readonly kind: "variable"; readonly type: ValueType; readonly name: string }
  | { readonly kind: "field"; readonly type: ValueType; readonly record: RecordReference; readonly field: Field }
  | { readonly kind: "element"; readonly type: "f64"; readonly vector: VectorReference; readonly index: Expression }
  | { readonly kind: "length"; readonly type: "i32"; readonly vector: VectorReference }
  | { readonly kind: "negate"; readonly type: "f64" | "i32"; readonly operand: Expression }
  | { readonly kind: "not"; readonly type: "bool"; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly type: ValueType;
      readonly operator: "+" | "-" | "*" | "/" | "%" | "<" | "<=" | ">" | ">=" | "==" | "!=" | "&&" | "||";
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "conditional";
      readonly type: ValueType;
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    }
  /** From i32 to f64, exactly; from f64 to i32 towards 0, the nearest i32 for what is outside, 0 for NaN. */
  | { readonly kind: "convert"; readonly type: "f64" | "i32"; readonly operand: Expression }
  | {
      readonly kind: "builtIn";
      readonly type: "f64";
      readonly name: BuiltInFunction;
      readonly args: readonly Expression[];
    }
  | { readonly kind: "draw"; readonly type: "f64"; readonly draw: "uniform" | "normal"; readonly draws: string }
  | { readonly kind: "integerDraw"; readonly type: "i32"; readonly range: Expression; readonly draws: string }
  | {
      readonly kind: "call";
      readonly type: ValueType;
      readonly callee: WorldFunction;
      readonly args: readonly Argument[];
    };

/** What is handed to a parameter. */
export type Argument =
  | { readonly kind: "value"; readonly value: Expression }
  | { readonly kind: "record"; readonly record: RecordReference }
  | { readonly kind: "vector"; readonly vector: VectorReference }
  | { readonly kind: "draws"; readonly name: string };

/** Where an assignment writes. */
export type Target = Extract<Expression, { readonly kind: "variable" | "field" | "element" }>;

export type Statement =
  | { readonly kind: "declare"; readonly name: string; readonly type: ValueType; readonly value: Expression }
  | { readonly kind: "assign"; readonly target: Target; readonly value: Expression }
  | { readonly kind: "call"; readonly callee: WorldFunction; readonly args: readonly Argument[] }
  | {
      readonly kind: "if";
      readonly condition: Expression;
      readonly then: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  | {
      readonly kind: "loop";
      readonly initial: readonly Statement[];
      readonly condition: Expression;
      readonly update: readonly Statement[];
      readonly body: readonly Statement[];
    }
  | { readonly kind: "return"; readonly value: Expression | undefined }
  | { readonly kind: "break" | "continue" }
  /** Draws whose values nobody needs: those after them keep their addresses. */
  | { readonly kind: "skip"; readonly draws: number };

export interface WorldFunction {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly returns: ValueType | "void";
  readonly body: readonly Statement[];
  /** Names of the parameters whose records it writes to, itself or by functions that it calls. */
  readonly writes: ReadonlySet<string>;
}

/** The model of choice, with its numbers by name: each a number, or a parameter of the world. */
export interface ChoiceForm {
  readonly model: ChoiceModelName;
  readonly numbers: Readonly<Record<string, number | Field>>;
}

/** When candidates are drawn anew: at every step, once per user, or once per seed for all users. */
export const RESAMPLE = ["step", "episode", "never"] as const;
export type Resample = (typeof RESAMPLE)[number];

/** A world file. */
export interface WorldProgram {
  readonly name: string;
  readonly slateSize: number;
  readonly numCandidates: number;
  /** Steps after which every episode ends; Infinity for none. */
  readonly timeBudget: number;
  readonly resample: Resample;
  readonly choice: ChoiceForm;
  readonly records: Readonly<Partial<Record<RecordRole, RecordType>>> & { readonly [Role in NeededRecord]: RecordType };
  readonly functions: Readonly<Partial<Record<FunctionRole, WorldFunction>>> & {
    readonly [Role in NeededFunction]: WorldFunction;
  };
  /** All functions, each after those that it calls. */
  readonly order: readonly WorldFunction[];
}

export type NeededRecord = "Document" | "User" | "Response";
export type RecordRole = NeededRecord | "Parameters" | "UserObservation" | "DocumentObservation" | "Metrics";
export type NeededFunction = "sampleDocument" | "sampleUser" | "score" | "respond" | "transition" | "reward";
export type FunctionRole =
  | NeededFunction
  | "transitionWithoutClick"
  | "isTerminal"
  | "rank"
  | "observeUser"
  | "observeDocument"
  | "measure";
