import { drawPlanOf } from "./drawPlan.js";
import type { Argument, Expression, RecordReference, Statement, VectorReference, WorldFunction } from "./program.js";

/** Bytes from one value of a record to the next. */
const ROW = 512;

/** Whether draws were made in rows beforehand, or are made one by one. */
export type DrawMode = "rows" | "oneByOne";

/**
 * Writes functions as AssemblyScript. A record is the address of one user's first value, and the others lie a row apart; a vector is an
 * address and a length; draws in rows are the address of one user's first draw.
 */
export class FunctionEmitter {
  private readonly texts = new Map<string, string>();

  /** All functions so far, each after those that it calls. */
  text(): string {
    return [...this.texts.values()].join("\n");
  }

  /** Returns the name of a function in that mode; writes it if it is new. `version`: lower-case letters, for a part of a function. */
  name(made: WorldFunction, mode: DrawMode, version = ""): string {
    const draws = made.parameters.some(({ type }) => type === "draws");
    const name = `${made.name}_${version}${draws && mode === "oneByOne" ? "d" : ""}`;
    if (this.texts.has(name)) return name;
    const text = new BodyEmitter(made, mode, (callee) => this.name(callee, mode)).text(name);
    this.texts.set(name, text);
    return name;
  }
}

class BodyEmitter {
  private readonly made: WorldFunction;
  private readonly mode: DrawMode;
  private readonly nameOf: (callee: WorldFunction) => string;
  /** Draws so far. */
  private drawn = 0;

  constructor(made: WorldFunction, mode: DrawMode, nameOf: (callee: WorldFunction) => string) {
    this.made = made;
    this.mode = mode;
    this.nameOf = nameOf;
  }

  text(name: string): string {
    const { parameters, returns, body } = this.made;
    const list = parameters.flatMap((each): string[] => {
      if (each.type === "vector") return [`${each.name}_: usize`, `${each.name}_n: i32`];
      return [
        `${each.name}_: ${each.type === "f64" || each.type === "i32" || each.type === "bool" ? each.type : "usize"}`,
      ];
    });
    const last = returns === "void" ? "" : `  return ${returns === "bool" ? "false" : "0"};\n`; // never reached, but asked for
    return `// @ts-ignore: decorator\n@inline\nfunction ${name}(${list.join(", ")}): ${returns} {\n${this.block(body, "  ")}${last}}\n`;
  }

  private block(body: readonly Statement[], indent: string): string {
    return body.map((each) => `${indent}${this.statement(each, indent)}\n`).join("");
  }

  private statement(each: Statement, indent: string): string {
    switch (each.kind) {
      case "declare":
        return `let ${each.name}_: ${each.type} = ${this.expression(each.value)};`;
      case "assign":
        return this.assignment(each);
      case "call":
        return `${this.call(each)};`;
      case "if": {
        const condition = this.expression(each.condition);
        const then = this.block(each.then, `${indent}  `);
        const otherwise =
          each.otherwise.length > 0 ? ` else {\n${this.block(each.otherwise, `${indent}  `)}${indent}}` : "";
        return `if (${condition}) {\n${then}${indent}}${otherwise}`;
      }
      case "loop":
        return this.loop(each, indent);
      case "return":
        return each.value ? `return ${this.expression(each.value)};` : "return;";
      case "skip":
        this.drawn += each.draws;
        return "";
      default:
        return `${each.kind};`;
    }
  }

  private loop({ initial, condition, update, body }: Extract<Statement, { kind: "loop" }>, indent: string): string {
    const before = initial.map((each) => `${indent}  ${this.statement(each, "")}\n`).join("");
    const test = this.expression(condition);
    const inside = this.block(body, `${indent}    `);
    const after = update.map((each) => this.statement(each, "").slice(0, -1)).join(", ");
    return `{\n${before}${indent}  for (; ${test}; ${after}) {\n${inside}${indent}  }\n${indent}}`;
  }

  private assignment({ target, value }: Extract<Statement, { kind: "assign" }>): string {
    if (target.kind === "variable") return `${target.name}_ = ${this.expression(value)};`;
    if (target.kind === "element") {
      const [vector, index] = [this.vector(target.vector), this.expression(target.index)];
      return `setElement(${vector}, ${index}, ${this.expression(value)});`;
    }
    const { type, field, record } = target;
    return `store<${stored(type)}>(${addressOf(record, field.offset)}, ${this.expression(value)}${type === "bool" ? " ? 1 : 0" : ""});`;
  }

  private expression(given: Expression): string {
    switch (given.kind) {
      case "number":
        return numberText(given.value, given.type);
      case "boolean":
        return String(given.value);
      case "variable":
        return `${given.name}_`;
      case "field":
        return fieldText(given.type, given.record, given.field.offset);
      case "element":
        return this.element(given);
      case "length":
        return lengthOf(given.vector);
      case "negate":
        return `(-${this.expression(given.operand)})`;
      case "not":
        return `(!${this.expression(given.operand)})`;
      case "binary":
        // Without its parentheses AssemblyScript's parser may take x < (…) for the beginning of type arguments.
        return `((${this.expression(given.left)}) ${given.operator} ${this.expression(given.right)})`;
      case "conditional": {
        const condition = this.expression(given.condition);
        return `(${condition} ? ${this.expression(given.then)} : ${this.expression(given.otherwise)})`;
      }
      case "convert":
        return given.type === "f64"
          ? `<f64>${this.expression(given.operand)}`
          : `toInteger(${this.expression(given.operand)})`;
      case "builtIn":
        return `${given.name}(${given.args.map((each) => this.expression(each)).join(", ")})`;
      case "draw":
        return this.draw(given.draw, given.draws);
      case "integerDraw": {
        const range = this.expression(given.range);
        return this.mode === "rows"
          ? `integerOf(${this.draw("uniform", given.draws)}, ${range})`
          : `nextInteger(${range})`;
      }
      case "call":
        return this.call(given);
    }
  }

  private draw(kind: "uniform" | "normal", draws: string): string {
    if (this.mode === "oneByOne") return kind === "uniform" ? "nextUniform()" : "nextNormal()";
    return `load<f64>(${draws}_, ${ROW * this.drawn++})`;
  }

  /** An element at a known place needs no test. */
  private element({ vector, index }: Extract<Expression, { kind: "element" }>): string {
    if (index.kind === "number" && vector.kind === "field" && index.value >= 0 && index.value < vector.field.length)
      return fieldText("f64", vector.record, vector.field.offset + index.value);
    return `element(${this.vector(vector)}, ${this.expression(index)})`;
  }

  private call({ callee, args }: { readonly callee: WorldFunction; readonly args: readonly Argument[] }): string {
    // The callee draws after all arguments, wherever its own draws stand among them.
    const values = args.map((each) => (each.kind === "draws" ? undefined : this.argument(each)));
    const listed = args.map((each, place) => values[place] ?? this.argument(each)).join(", ");
    if (this.mode === "rows" && args.some(({ kind }) => kind === "draws")) this.drawn += drawPlanOf(callee)!.length;
    return `${this.nameOf(callee)}(${listed})`;
  }

  private argument(given: Argument): string {
    if (given.kind === "value") return this.expression(given.value);
    if (given.kind === "record") return addressOf(given.record, 0);
    if (given.kind === "vector") return this.vector(given.vector);
    return this.mode === "rows" && this.drawn > 0 ? `${given.name}_ + ${ROW * this.drawn}` : `${given.name}_`;
  }

  private vector(given: VectorReference): string {
    const at = given.kind === "argument" ? `${given.name}_` : addressOf(given.record, given.field.offset);
    return `${at}, ${lengthOf(given)}`;
  }
}

function lengthOf(given: VectorReference): string {
  return given.kind === "argument" ? `${given.name}_n` : String(given.field.length);
}

function stored(type: "f64" | "i32" | "bool"): string {
  return type === "f64" ? "f64" : "i32";
}

function fieldText(type: "f64" | "i32" | "bool", record: RecordReference, offset: number): string {
  const at = record.kind === "parameters" ? `PARAMETERS, ${8 * offset}` : `${record.name}_, ${ROW * offset}`;
  return type === "bool" ? `(load<i32>(${at}) != 0)` : `load<${stored(type)}>(${at})`;
}

function addressOf(record: RecordReference, offset: number): string {
  if (record.kind === "parameters") return `PARAMETERS + ${8 * offset}`;
  return offset === 0 ? `${record.name}_` : `${record.name}_ + ${ROW * offset}`;
}

/** As a text that AssemblyScript reads as that number of that type. */
export function numberText(value: number, type: "f64" | "i32"): string {
  if (type === "i32") return value < 0 ? `(${value})` : String(value);
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : value < 0 ? "(-Infinity)" : "NaN";
  const text = /^-?\d+$/.test(String(value)) ? `${value}.0` : String(value);
  return value < 0 || Object.is(value, -0) ? `(${Object.is(value, -0) ? "-0.0" : text})` : text;
}
