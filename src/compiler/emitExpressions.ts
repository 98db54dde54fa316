import { drawPlanOf } from "./drawPlan.js";
import { addressesOf, isInside, lengthOf, ROW, vectorAddresses } from "./emitReferences.js";
import { uniformText } from "./emitUniform.js";
import { isParameters, mayWrite, needsMask } from "./functionTraits.js";
import type { Argument, BuiltInFunction, Expression, RecordReference, ValueType } from "./program.js";
import type { Uniformity } from "./uniformity.js";
import type { FunctionVersion, Versions } from "./versions.js";

/** Names of vector operations by type and operator: what compares integers gives a mask in the lower halves only. */
const OF_DOUBLES = { "+": "add", "-": "sub", "*": "mul", "/": "div", "<": "lt", "<=": "le", ">": "gt", ">=": "ge" };
const OF_INTEGERS = { "+": "add", "-": "sub", "*": "mul", "<": "lt_s", "<=": "le_s", ">": "gt_s", ">=": "ge_s" };
/** Truth values are masks. */
const OF_MASKS = { "&&": "and", "||": "or" };
const COMPARISONS: ReadonlySet<string> = new Set(["<", "<=", ">", ">=", "==", "!="]);

type Binary = Extract<Expression, { kind: "binary" }>;
type Call = Extract<Expression, { kind: "call" }>;

/** Writes the expressions of one version of a function, for two users at a time; what is the same for both is written as for one. */
export class ExpressionEmitter {
  private readonly version: FunctionVersion;
  private readonly versions: Versions;
  private readonly uniformity: Uniformity;
  /** Takes statements that come before the one that is being written. */
  private readonly before: (line: string) => void;
  /** Draws so far, where they are in rows. */
  private drawn = 0;
  private names = 0;
  /** Whether reads have to be kept in their order, as a function called in the expression writes. */
  private isOrdered = false;

  constructor(version: FunctionVersion, versions: Versions, uniformity: Uniformity, before: (line: string) => void) {
    this.version = version;
    this.versions = versions;
    this.uniformity = uniformity;
    this.before = before;
  }

  /** Leaves out draws that nobody needs. */
  skip(draws: number): void {
    this.drawn += draws;
  }

  /** A name that no other part of the function has. */
  newName(kind: string): string {
    this.names += 1;
    return `${kind}${this.names}`;
  }

  /** A whole expression, as a vector of two; `mask`: who evaluates it, undefined for both. */
  whole(given: Expression, mask: string | undefined): string {
    this.isOrdered = mayWrite([given]);
    const text = this.pair(given, mask);
    this.isOrdered = false;
    return text;
  }

  /** A call that is a statement. */
  wholeCall(given: Pick<Call, "callee" | "args">, mask: string | undefined): string {
    this.isOrdered = mayWrite(given.args.flatMap((each) => (each.kind === "value" ? [each.value] : [])));
    const text = this.call(given, mask);
    this.isOrdered = false;
    return text;
  }

  /** Part of an expression, as a vector of two. */
  private pair(given: Expression, mask: string | undefined): string {
    if (this.uniformity.isUniform(given)) return splat(given.type, uniformText(given));
    switch (given.kind) {
      case "variable":
        return `${given.name}_`;
      case "field":
        return this.read(given.type, this.loaded(given.record, given.field.offset));
      case "element":
        return this.read("f64", this.element(given, mask));
      case "negate":
        return `${given.type === "f64" ? "f64x2" : "i32x4"}.neg(${this.pair(given.operand, mask)})`;
      case "not":
        return `v128.not(${this.pair(given.operand, mask)})`;
      case "binary":
        return this.binary(given, mask);
      case "conditional":
        return this.conditional(given, mask);
      case "convert":
        return `${given.type === "f64" ? "toDouble" : "toInteger"}(${this.pair(given.operand, mask)})`;
      case "builtIn":
        return `${builtIn(given.name)}(${given.args.map((each) => this.pair(each, mask)).join(", ")})`;
      case "draw":
        return this.draw(given.draw, given.draws, mask);
      case "integerDraw": {
        const range = this.pair(given.range, mask);
        if (this.version.mode === "oneByOne") return this.keep(`nextInteger(${range}, ${mask ?? "everybody()"})`);
        return `integerOf(${this.draw("uniform", given.draws, mask)}, ${range}, ${mask ?? "everybody()"})`;
      }
      case "call":
        return this.called(given, mask);
      default:
        throw new Error(`unreachable: ${given.kind} is uniform`);
    }
  }

  /** Writes a statement that gives a value a name. */
  keep(value: string): string {
    const name = this.newName("t");
    this.before(`const ${name}: v128 = ${value};`);
    return name;
  }

  /** The mask of those of `mask` who are in `others`, too. */
  both(mask: string | undefined, others: string): string {
    return mask === undefined ? others : this.keep(`v128.and(${mask}, ${others})`);
  }

  private read(type: "f64" | "i32" | "bool", loaded: string): string {
    const text = type === "bool" ? `toTruth(${loaded})` : loaded;
    return this.isOrdered ? this.keep(text) : text;
  }

  private loaded(record: RecordReference, offset: number): string {
    const [first, second] = addressesOf(this.version, record, offset);
    return second === undefined ? `v128.load(${first})` : `pair(${first}, ${second})`;
  }

  private element({ vector, index }: Extract<Expression, { kind: "element" }>, mask: string | undefined): string {
    if (vector.kind === "field" && isInside(index, vector))
      return this.loaded(vector.record, vector.field.offset + index.value);
    const [first, second] = vectorAddresses(this.version, vector);
    if (second === undefined && this.uniformity.isUniform(index))
      return `rowElement(${first}, ${lengthOf(vector)}, ${uniformText(index)})`;
    return `elements(${first}, ${second ?? `${first} + 8`}, ${lengthOf(vector)}, ${this.pair(index, mask)})`;
  }

  private binary(given: Binary, mask: string | undefined): string {
    const { operator, left, right } = given;
    const first = this.pair(left, mask);
    if (operator === "&&" || operator === "||") return this.logic(operator, first, right, mask);
    const values = `${first}, ${this.pair(right, mask)}`;
    if (operator === "%") return `remainder(${values})`;
    if (left.type === "bool") return operator === "==" ? `v128.not(v128.xor(${values}))` : `v128.xor(${values})`;
    const [shape, names] = left.type === "f64" ? ["f64x2", OF_DOUBLES] : ["i32x4", OF_INTEGERS];
    const name = operator === "==" ? "eq" : operator === "!=" ? "ne" : names[operator as keyof typeof names];
    const text = `${shape}.${name}(${values})`;
    return left.type === "i32" && COMPARISONS.has(operator) ? `widened(${text})` : text;
  }

  private logic(operator: "&&" | "||", first: string, right: Expression, mask: string | undefined): string {
    if (!needsMask(right)) return `v128.${OF_MASKS[operator]}(${first}, ${this.pair(right, mask)})`;
    const known = this.keep(first);
    const goOn = this.both(mask, operator === "&&" ? known : `v128.not(${known})`);
    return `v128.${OF_MASKS[operator]}(${known}, ${this.pair(right, goOn)})`;
  }

  private conditional(given: Extract<Expression, { kind: "conditional" }>, mask: string | undefined): string {
    const { condition, then, otherwise } = given;
    if (!needsMask(then) && !needsMask(otherwise)) {
      const isUniform = this.uniformity.isUniform(condition);
      const test = isUniform ? uniformText(condition) : this.pair(condition, mask);
      const [one, other] = [this.pair(then, mask), this.pair(otherwise, mask)];
      return isUniform ? `(${test} ? ${one} : ${other})` : `v128.bitselect(${one}, ${other}, ${test})`;
    }
    const test = this.keep(this.pair(condition, mask));
    const one = this.keep(this.pair(then, this.both(mask, test)));
    const other = this.pair(otherwise, this.both(mask, this.keep(`v128.not(${test})`)));
    return `v128.bitselect(${one}, ${other}, ${test})`;
  }

  private draw(kind: "uniform" | "normal", draws: string, mask: string | undefined): string {
    if (this.version.mode === "rows") return `v128.load(${draws}_, ${ROW * this.drawn++})`;
    return this.keep(`${kind === "uniform" ? "nextUniform" : "nextNormal"}(${mask ?? "everybody()"})`);
  }

  private called(given: Call, mask: string | undefined): string {
    const call = this.call(given, mask);
    if (mask === undefined) return this.keep(call);
    const name = this.newName("t");
    this.before(`let ${name}: v128 = nobody(); if (v128.any_true(${mask})) ${name} = ${call};`);
    return name;
  }

  /** A call of a function of the file for those in `mask`. */
  private call({ callee, args }: Pick<Call, "callee" | "args">, mask: string | undefined): string {
    const uniform = new Set<string>();
    const apart = new Set<string>();
    const values = args.map((each, place) => {
      const { name } = callee.parameters[place]!;
      if (each.kind === "value" && this.uniformity.isUniform(each.value)) uniform.add(name);
      if (each.kind === "record" && each.record.kind === "argument" && this.version.apart.has(each.record.name))
        apart.add(name);
      if (each.kind === "vector" && vectorAddresses(this.version, each.vector)[1] !== undefined) apart.add(name);
      // The callee draws after all arguments, wherever its own draws stand among them.
      return each.kind === "draws" ? undefined : this.argument(each, mask);
    });
    const listed = args.map((each, place) => values[place] ?? this.argument(each, mask));
    const { mode } = this.version;
    if (mode === "rows" && args.some(({ kind }) => kind === "draws")) this.drawn += drawPlanOf(callee)!.length;
    return this.versions.call({ made: callee, mode, uniform, apart }, listed, mask);
  }

  private argument(given: Argument, mask: string | undefined): string {
    switch (given.kind) {
      case "value":
        return this.uniformity.isUniform(given.value) ? uniformText(given.value) : this.pair(given.value, mask);
      case "record":
        if (isParameters(this.version.made, given.record)) return "";
        return addressesOf(this.version, given.record, 0).filter(Boolean).join(", ");
      case "vector":
        return [...vectorAddresses(this.version, given.vector).filter(Boolean), lengthOf(given.vector)].join(", ");
      default:
        return this.version.mode === "rows" && this.drawn > 0
          ? `${given.name}_ + ${ROW * this.drawn}`
          : `${given.name}_`;
    }
  }
}

function splat(type: ValueType, text: string): string {
  if (type === "bool") return `maskOf(${text})`;
  return type === "f64" ? `f64x2.splat(${text})` : `i32x4.splat(${text})`;
}

function builtIn(name: BuiltInFunction): string {
  return name === "exp" || name === "log" || name === "logistic" ? name : `f64x2.${name}`;
}
