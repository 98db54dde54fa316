import { ExpressionEmitter } from "./emitExpressions.js";
import { StoreEmitter } from "./emitStores.js";
import { uniformText } from "./emitUniform.js";
import { isLong, mayGoOn } from "./functionTraits.js";
import type { Expression, Statement } from "./program.js";
import { Uniformity } from "./uniformity.js";
import type { FunctionVersion, Versions } from "./versions.js";

type Assignment = Extract<Statement, { kind: "assign" }>;
type If = Extract<Statement, { kind: "if" }>;
type Loop = Extract<Statement, { kind: "loop" }>;

/** A loop that users may leave at different times: who is still in it, and who is still in this turn of it. */
interface ParallelLoop {
  readonly live: string;
  readonly here: string;
}

/**
 * Writes the statements of one version of a function. Both users run the same instructions: what only some of them should do is done under a
 * mask, and changes nothing for the other.
 */
export class StatementEmitter {
  private readonly version: FunctionVersion;
  private readonly uniformity: Uniformity;
  private readonly expressions: ExpressionEmitter;
  private readonly stores: StoreEmitter;
  private readonly lines: string[] = [];
  /** Who runs the present statements; undefined where both do. */
  private mask: string | undefined;
  /** The mask under which each variable was declared. */
  private readonly declared = new Map<string, string | undefined>();
  /** The loops around the present statements; undefined for one that users leave together. */
  private readonly loops: (ParallelLoop | undefined)[] = [];
  /** How many branches and loops around the present statements only some users may run. */
  private partial = 0;
  /** How often statements so far may have sent some users elsewhere. */
  private departures = 0;
  /** Whether users may return at different times. */
  private readonly returnsApart: boolean;

  constructor(version: FunctionVersion, versions: Versions) {
    this.version = version;
    this.uniformity = new Uniformity(version.made, version.uniform);
    this.expressions = new ExpressionEmitter(version, versions, this.uniformity, (line) => this.lines.push(line));
    this.stores = new StoreEmitter(version, this.uniformity, this.expressions);
    this.mask = version.isMasked ? "on" : undefined;
    this.returnsApart = this.uniformity.returnsApart(version.made.body, false);
  }

  text(): string {
    const { returns, body } = this.version.made;
    if (this.returnsApart) this.lines.push("let left: v128 = nobody();");
    if (this.returnsApart && returns !== "void") this.lines.push("let value: v128 = nobody();");
    this.block(body);
    if (returns !== "void") this.lines.push(`return ${this.returnsApart ? "value" : "nobody()"};`);
    return this.lines.map((line) => `  ${line}\n`).join("");
  }

  private block(body: readonly Statement[]): void {
    const outer = this.mask;
    for (const [place, each] of body.entries()) {
      const before = this.departures;
      this.statement(each);
      if (this.departures > before && place < body.length - 1) this.mask = this.remaining();
    }
    this.mask = outer;
  }

  /** The mask of those of the present ones who have not left the loop's turn, or the function. */
  private remaining(): string | undefined {
    const loop = this.loops.at(-1);
    if (loop !== undefined) return this.mask === loop.here ? this.mask : this.expressions.both(this.mask, loop.here);
    return this.returnsApart ? this.expressions.both(this.mask, "v128.not(left)") : this.mask;
  }

  private statement(each: Statement): void {
    switch (each.kind) {
      case "declare": {
        this.declared.set(each.name, this.mask);
        const [type, value] = this.valueOf(each.name, each.value);
        this.lines.push(`let ${each.name}_: ${type} = ${value};`);
        break;
      }
      case "assign":
        this.assignment(each);
        break;
      case "call":
        this.call(each);
        break;
      case "if":
        this.branch(each);
        break;
      case "loop":
        if (this.uniformity.diverges(each)) this.parallelLoop(each);
        else this.commonLoop(each);
        break;
      case "return":
        this.returned(each.value);
        break;
      case "skip":
        this.expressions.skip(each.draws);
        break;
      default:
        this.leaveTurn(each.kind);
    }
  }

  /** A variable's type in the kernel, and a value of it. */
  private valueOf(name: string, value: Expression): readonly [string, string] {
    if (this.uniformity.isUniformVariable(name)) return [value.type, uniformText(value)];
    return ["v128", this.expressions.whole(value, this.mask)];
  }

  private assignment({ target, value }: Assignment): void {
    if (target.kind !== "variable") {
      this.lines.push(this.stores.text(target, value, this.mask));
      return;
    }
    const name = `${target.name}_`;
    const text = this.valueOf(target.name, value)[1];
    const isWhole = this.uniformity.isUniformVariable(target.name) || this.declared.get(target.name) === this.mask;
    this.lines.push(`${name} = ${isWhole ? text : `v128.bitselect(${text}, ${name}, ${this.mask})`};`);
  }

  /** A function that nobody calls is left out where it might not end. */
  private call(each: Extract<Statement, { kind: "call" }>): void {
    const text = this.expressions.wholeCall(each, this.mask);
    const test = this.mask !== undefined && mayGoOn(each.callee) ? `if (v128.any_true(${this.mask})) ` : "";
    this.lines.push(`${test}${text};`);
  }

  private branch({ condition, then, otherwise }: If): void {
    if (this.uniformity.isUniform(condition)) {
      this.lines.push(`if (${uniformText(condition)}) {`);
      this.block(then);
      this.lines.push("} else {");
      this.block(otherwise);
      this.lines.push("}");
      return;
    }
    const test = this.expressions.keep(this.expressions.whole(condition, this.mask));
    this.part(then, this.expressions.both(this.mask, test));
    if (otherwise.length > 0) this.part(otherwise, this.expressions.both(this.mask, `v128.not(${test})`));
  }

  /** Statements that only some users run: skipped if nobody does, where that costs less than running them, or they might not end. */
  private part(body: readonly Statement[], mask: string): void {
    const outer = this.mask;
    this.mask = mask;
    this.partial += 1;
    this.lines.push(isLong(body) ? `if (v128.any_true(${mask})) {` : "{");
    this.block(body);
    this.lines.push("}");
    this.partial -= 1;
    this.mask = outer;
  }

  private commonLoop({ initial, condition, update, body }: Loop): void {
    this.lines.push(this.mask === undefined ? "{" : `if (v128.any_true(${this.mask})) {`);
    initial.forEach((each) => this.statement(each));
    const assigned = update.flatMap((each) =>
      each.kind === "assign" && each.target.kind === "variable"
        ? [`${each.target.name}_ = ${uniformText(each.value)}`]
        : [],
    );
    this.lines.push(`for (; ${uniformText(condition)}; ${assigned.join(", ")}) {`);
    this.loops.push(undefined);
    const outer = this.mask;
    if (this.uniformity.returnsApart(body, this.partial > 0)) {
      this.mask = this.remaining();
      // Once all have returned, nobody may be left to fulfil what ends the loop.
      this.lines.push(`if (!v128.any_true(${this.mask})) break;`);
    }
    this.block(body);
    this.mask = outer;
    this.loops.pop();
    this.lines.push("}", "}");
  }

  private parallelLoop({ initial, condition, update, body }: Loop): void {
    this.lines.push("{");
    initial.forEach((each) => this.statement(each));
    const [live, here] = [this.expressions.newName("live"), this.expressions.newName("here")];
    this.lines.push(`let ${live}: v128 = ${this.mask ?? "everybody()"};`, "while (true) {");
    const outer = this.mask;
    this.mask = live;
    this.partial += 1;
    this.lines.push(`${live} = v128.and(${live}, ${this.expressions.whole(condition, live)});`);
    this.lines.push(`if (!v128.any_true(${live})) break;`, `let ${here}: v128 = ${live};`);
    this.loops.push({ live, here });
    this.mask = here;
    this.block(body);
    this.mask = live;
    update.forEach((each) => this.statement(each));
    this.loops.pop();
    this.partial -= 1;
    this.mask = outer;
    this.lines.push("}", "}");
  }

  private leaveTurn(kind: "break" | "continue"): void {
    const loop = this.loops.at(-1);
    if (loop === undefined) {
      this.lines.push(`${kind};`);
      return;
    }
    const leaving = this.expressions.keep(this.mask!);
    this.lines.push(`${loop.here} = v128.andnot(${loop.here}, ${leaving});`);
    if (kind === "break") this.lines.push(`${loop.live} = v128.andnot(${loop.live}, ${leaving});`);
    this.departures += 1;
  }

  private returned(given: Expression | undefined): void {
    const value = given && this.expressions.whole(given, this.mask);
    if (!this.returnsApart) {
      this.lines.push(value === undefined ? "return;" : `return ${value};`);
      return;
    }
    if (value !== undefined)
      this.lines.push(`value = ${this.mask === undefined ? value : `v128.bitselect(${value}, value, ${this.mask})`};`);
    if (this.partial === 0) this.lines.push(value === undefined ? "return;" : "return value;");
    else this.leaveFunction();
  }

  private leaveFunction(): void {
    const leaving = this.expressions.keep(this.mask!);
    this.lines.push(`left = v128.or(left, ${leaving});`);
    for (const loop of this.loops) {
      if (loop === undefined) continue;
      this.lines.push(`${loop.here} = v128.andnot(${loop.here}, ${leaving});`);
      this.lines.push(`${loop.live} = v128.andnot(${loop.live}, ${leaving});`);
    }
    this.departures += 1;
  }
}
