import { isParameters } from "./functionTraits.js";
import type { Expression, Statement, WorldFunction } from "./program.js";

type Loop = Extract<Statement, { kind: "loop" }>;

/** Functions that the kernel has for two users only. */
const OF_PAIRS: ReadonlySet<string> = new Set(["exp", "log", "logistic"]);

/** What is the same for every user in one version of a function: the kernel computes that once, and branches by it. */
export class Uniformity {
  /** Variables, and parameters that are values, which may differ from user to user. */
  private readonly varying: Set<string>;
  private readonly made: WorldFunction;
  private hasChanged = true;

  /** `uniform`: names of the parameters that are the same for all users. */
  constructor(made: WorldFunction, uniform: ReadonlySet<string>) {
    this.made = made;
    this.varying = new Set(made.parameters.map(({ name }) => name).filter((name) => !uniform.has(name)));
    while (this.hasChanged) {
      this.hasChanged = false;
      this.block(made.body, undefined);
    }
  }

  isUniformVariable(name: string): boolean {
    return !this.varying.has(name);
  }

  isUniform(given: Expression): boolean {
    switch (given.kind) {
      case "number":
      case "boolean":
      case "length":
        return true;
      case "variable":
        return this.isUniformVariable(given.name);
      case "field":
        return isParameters(this.made, given.record);
      case "negate":
      case "not":
      case "convert":
        return this.isUniform(given.operand);
      case "binary":
        return this.isUniform(given.left) && this.isUniform(given.right);
      case "conditional":
        return [given.condition, given.then, given.otherwise].every((each) => this.isUniform(each));
      case "builtIn":
        return !OF_PAIRS.has(given.name) && given.args.every((each) => this.isUniform(each));
      default:
        return false;
    }
  }

  /** Whether users may leave a loop, or a turn of it, at different times. */
  diverges({ condition, update, body }: Loop): boolean {
    const counts = update.every(
      (each) =>
        each.kind === "assign" &&
        each.target.kind === "variable" &&
        this.isUniformVariable(each.target.name) &&
        this.isUniform(each.value),
    );
    return !counts || !this.isUniform(condition) || this.escapes(body, false);
  }

  /** Whether users may return at different times. `isPartial`: whether only some of them may run the body. */
  returnsApart(body: readonly Statement[], isPartial: boolean): boolean {
    return body.some((each) => {
      if (each.kind === "return") return isPartial;
      if (each.kind === "loop") return this.returnsApart(each.body, isPartial || this.diverges(each));
      if (each.kind !== "if") return false;
      const inner = isPartial || !this.isUniform(each.condition);
      return this.returnsApart(each.then, inner) || this.returnsApart(each.otherwise, inner);
    });
  }

  /** Whether a `break` or `continue` of the loop with this body depends on what differs. */
  private escapes(body: readonly Statement[], isApart: boolean): boolean {
    return body.some((each) => {
      if (each.kind === "break" || each.kind === "continue") return isApart;
      if (each.kind !== "if") return false;
      const inner = isApart || !this.isUniform(each.condition);
      return this.escapes(each.then, inner) || this.escapes(each.otherwise, inner);
    });
  }

  /** `own`: the variables declared so far in the innermost part that only some users may run; undefined outside of such parts. */
  private block(body: readonly Statement[], own: Set<string> | undefined): void {
    for (const each of body) this.statement(each, own);
  }

  private statement(each: Statement, own: Set<string> | undefined): void {
    switch (each.kind) {
      case "declare":
        own?.add(each.name);
        if (!this.isUniform(each.value)) this.vary(each.name);
        break;
      case "assign":
        if (each.target.kind !== "variable") break;
        if (!this.isUniform(each.value) || (own && !own.has(each.target.name))) this.vary(each.target.name);
        break;
      case "if": {
        const inner = this.isUniform(each.condition) ? own : new Set<string>();
        this.block(each.then, inner);
        this.block(each.otherwise, inner);
        break;
      }
      case "loop": {
        this.block(each.initial, own);
        const inner = this.diverges(each) ? new Set<string>() : own;
        this.block(each.body, inner);
        this.block(each.update, inner);
        break;
      }
      default:
    }
  }

  private vary(name: string): void {
    if (this.varying.has(name)) return;
    this.varying.add(name);
    this.hasChanged = true;
  }
}
