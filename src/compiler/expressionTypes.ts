import type { FileScope } from "./fileScope.js";
import type { FunctionScope } from "./functionScope.js";
import type { ValueType } from "./program.js";
import type { Binary, Call, ExpressionSyntax, Member } from "./syntax.js";

const COMPARISONS: ReadonlySet<string> = new Set(["<", "<=", ">", ">=", "==", "!="]);
const WHOLE: ReadonlySet<string> = new Set(["+", "-", "*"]);

/** Finds the types of expressions of one function before they are checked. It notes nothing. */
export class ExpressionTypes {
  private readonly file: FileScope;
  private readonly scope: FunctionScope;

  constructor(file: FileScope, scope: FunctionScope) {
    this.file = file;
    this.scope = scope;
  }

  /** Returns the type of a binary expression, and that of its operands. */
  ofBinary({ operator, left, right }: Binary, wanted: ValueType | undefined): [ValueType, ValueType] {
    if (operator === "&&" || operator === "||") return ["bool", "bool"];
    if (COMPARISONS.has(operator)) {
      const type = this.common(left, right, undefined);
      return ["bool", type === "bool" && operator !== "==" && operator !== "!=" ? "f64" : type];
    }
    const type = WHOLE.has(operator) ? this.common(left, right, wanted) : "f64";
    return type === "i32" ? ["i32", "i32"] : ["f64", "f64"];
  }

  /** Returns the type that two expressions share: i32 if both can be, else f64; bool if both are. */
  common(left: ExpressionSyntax, right: ExpressionSyntax, wanted: ValueType | undefined): ValueType {
    const [a, b] = [this.kindOf(left), this.kindOf(right)];
    if (a === "bool" || b === "bool") return "bool";
    if (a === "either" && b === "either") return wanted === "i32" ? "i32" : "f64";
    return a !== "f64" && b !== "f64" ? "i32" : "f64";
  }

  /** Returns the type of an expression; "either" for whole numbers that are written out. */
  private kindOf(syntax: ExpressionSyntax): ValueType | "either" {
    switch (syntax.kind) {
      case "number":
        return syntax.isInteger ? "either" : "f64";
      case "boolean":
        return "bool";
      case "unary":
        return syntax.operator === "!" ? "bool" : this.kindOf(syntax.operand);
      case "binary": {
        if (COMPARISONS.has(syntax.operator) || syntax.operator === "&&" || syntax.operator === "||") return "bool";
        if (!WHOLE.has(syntax.operator)) return "f64";
        return this.sharedKind(syntax.left, syntax.right);
      }
      case "conditional":
        return this.sharedKind(syntax.then, syntax.otherwise);
      case "name": {
        const local = this.scope.find(syntax.name);
        if (local !== undefined) return local.type === "i32" || local.type === "bool" ? local.type : "f64";
        return Number.isInteger(this.file.numberOf(syntax.name)) ? "either" : "f64";
      }
      case "member":
        return this.kindOfMember(syntax);
      case "call":
        return this.kindOfCall(syntax);
      default:
        return "f64";
    }
  }

  private sharedKind(left: ExpressionSyntax, right: ExpressionSyntax): ValueType | "either" {
    const [a, b] = [this.kindOf(left), this.kindOf(right)];
    if (a === b) return a;
    if (a === "bool" || b === "bool") return "bool";
    return a === "f64" || b === "f64" ? "f64" : "i32";
  }

  private kindOfMember(syntax: Member): ValueType {
    const { object } = syntax;
    if (object.kind !== "name") return syntax.property === "length" ? "i32" : "f64"; // of a vector in a record
    const local = this.scope.find(object.name);
    const isParameters = local === undefined && object.name === this.file.parameters;
    const type = isParameters ? this.file.records.get("Parameters") : local?.type;
    if (type === "vector" && syntax.property === "length") return "i32";
    if (type === undefined || typeof type === "string") return "f64";
    const found = type.fields.find(({ name }) => name === syntax.property)?.type;
    return found === "i32" || found === "bool" ? found : "f64";
  }

  private kindOfCall({ callee }: Call): ValueType {
    if (callee.kind === "member") return callee.property === "integer" ? "i32" : "f64";
    if (callee.kind !== "name") return "f64";
    if (!this.file.functions.has(callee.name)) return callee.name === "i32" ? "i32" : "f64";
    const returns = this.file.functions.get(callee.name)!.returns?.name;
    if (returns === "bool" || returns === "boolean") return "bool";
    return returns === "i32" ? "i32" : "f64";
  }
}
