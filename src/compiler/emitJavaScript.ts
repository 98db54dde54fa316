import type {
  Argument,
  Expression,
  Field,
  RecordReference,
  RecordType,
  Statement,
  VectorReference,
  WorldFunction,
  WorldProgram,
} from "./program.js";

/** What the text of a world asks of slatesim, by the names that it uses. */
const LIBRARY =
  "exp, log, logistic, element, setElement, toInteger, integerDraw, sqrt, abs, min, max, floor, ceil, trunc";

/**
 * Returns a JavaScript function expression that takes slatesim's functions and the parameters, and returns the functions of the world and
 * ways to make and to copy its records. Names of the file get a `_` at their end, so that they meet none of the language or of slatesim.
 */
export function emitJavaScript({ records, functions, order }: WorldProgram): string {
  const makers = Object.entries(records).map(
    ([role, { fields }]) => `    ${role}: () => ({ ${fields.map(initialValue).join(", ")} }),`,
  );
  const roles = Object.keys(functions).map((role) => `    ${role}: ${role}_,`);
  return `({ ${LIBRARY} }, parameters) => {
${order.map((each) => functionText(each)).join("\n")}
  return {
${[...roles, ...makers].join("\n")}
    copyUser: (user) => ({ ${copied(records.User)} }),
  };
}`;
}

function initialValue({ name, type, length, initial }: Field): string {
  if (type === "vector") return `${name}: Array.from({ length: ${length} }, () => 0)`;
  return `${name}: ${type === "bool" ? initial === 1 : numberText(initial)}`;
}

function copied({ fields }: RecordType): string {
  return fields.map(({ name, type }) => `${name}: user.${name}${type === "vector" ? ".slice()" : ""}`).join(", ");
}

function functionText({ name, parameters, body }: WorldFunction): string {
  const names = parameters.map((parameter) => `${parameter.name}_`).join(", ");
  return `  function ${name}_(${names}) {\n${block(body, "    ")}  }`;
}

function block(body: readonly Statement[], indent: string): string {
  return body.map((each) => `${indent}${statement(each, indent)}\n`).join("");
}

function statement(each: Statement, indent: string): string {
  switch (each.kind) {
    case "declare":
      return `let ${each.name}_ = ${expression(each.value)};`;
    case "assign": {
      const { target } = each;
      if (target.kind !== "element") return `${expression(target)} = ${expression(each.value)};`;
      return `setElement(${vector(target.vector)}, ${expression(target.index)}, ${expression(each.value)});`;
    }
    case "call":
      return `${call(each)};`;
    case "if": {
      const otherwise = each.otherwise.length > 0 ? ` else {\n${block(each.otherwise, `${indent}  `)}${indent}}` : "";
      return `if (${expression(each.condition)}) {\n${block(each.then, `${indent}  `)}${indent}}${otherwise}`;
    }
    case "loop": {
      const initial = each.initial.map((one) => statement(one, "").slice(0, -1).replace(/^let /, "")).join(", ");
      const update = each.update.map((one) => statement(one, "").slice(0, -1)).join(", ");
      const head = `for (${initial && isDeclared(each.initial) ? "let " : ""}${initial}; ${expression(each.condition)}; ${update})`;
      return `${head} {\n${block(each.body, `${indent}  `)}${indent}}`;
    }
    case "return":
      return each.value ? `return ${expression(each.value)};` : "return;";
    case "skip":
      return ""; // the reference needs none
    default:
      return `${each.kind};`;
  }
}

function isDeclared(statements: readonly Statement[]): boolean {
  return statements[0]?.kind === "declare";
}

function expression(given: Expression): string {
  switch (given.kind) {
    case "number":
      return numberText(given.value);
    case "boolean":
      return String(given.value);
    case "variable":
      return `${given.name}_`;
    case "field":
      return `${record(given.record)}.${given.field.name}`;
    case "element":
      return `element(${vector(given.vector)}, ${expression(given.index)})`;
    case "length":
      return `${vector(given.vector)}.length`;
    case "negate":
      return given.type === "i32" ? `(-${expression(given.operand)} | 0)` : `(-${expression(given.operand)})`;
    case "not":
      return `(!${expression(given.operand)})`;
    case "binary":
      return binary(given);
    case "conditional":
      return `(${expression(given.condition)} ? ${expression(given.then)} : ${expression(given.otherwise)})`;
    case "convert":
      return given.type === "f64" ? expression(given.operand) : `toInteger(${expression(given.operand)})`;
    case "builtIn":
      return `${given.name}(${given.args.map(expression).join(", ")})`;
    case "draw":
      return `${given.draws}_.${given.draw}()`;
    case "integerDraw":
      return `integerDraw(${given.draws}_, ${expression(given.range)})`;
    case "call":
      return call(given);
  }
}

/** Whole numbers wrap around at 32 bits, as they do in WebAssembly. */
function binary({ type, operator, left, right }: Extract<Expression, { kind: "binary" }>): string {
  const [a, b] = [expression(left), expression(right)];
  if (type === "i32") return operator === "*" ? `Math.imul(${a}, ${b})` : `(${a} ${operator} ${b} | 0)`;
  // Truth values that have been observed are 0 and 1, which are only loosely equal to false and true.
  const same = (operator === "==" || operator === "!=") && left.type !== "bool" ? `${operator}=` : operator;
  return `(${a} ${same} ${b})`;
}

function call({ callee, args }: { readonly callee: WorldFunction; readonly args: readonly Argument[] }): string {
  return `${callee.name}_(${args.map(argument).join(", ")})`;
}

function argument(given: Argument): string {
  if (given.kind === "value") return expression(given.value);
  if (given.kind === "record") return record(given.record);
  return given.kind === "vector" ? vector(given.vector) : `${given.name}_`;
}

function record(given: RecordReference): string {
  return given.kind === "parameters" ? "parameters" : `${given.name}_`;
}

function vector(given: VectorReference): string {
  return given.kind === "argument" ? `${given.name}_` : `${record(given.record)}.${given.field.name}`;
}

/** As a text that reads back as the same number; a sign in parentheses, where another could stand before it. */
function numberText(value: number): string {
  if (Object.is(value, -0)) return "(-0)";
  return value < 0 ? `(${value})` : String(value);
}
