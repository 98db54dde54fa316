import { lengthOf } from "./emitReferences.js";
import { numberText } from "./emitRecords.js";
import type { Expression } from "./program.js";

/** Returns an expression that is the same for all users, as a scalar. */
export function uniformText(given: Expression): string {
  switch (given.kind) {
    case "number":
      return numberText(given.value, given.type);
    case "boolean":
      return String(given.value);
    case "variable":
      return `${given.name}_`;
    case "length":
      return lengthOf(given.vector);
    case "field": {
      const at = `PARAMETERS, ${8 * given.field.offset}`;
      return given.type === "bool" ? `(load<i32>(${at}) != 0)` : `load<${given.type}>(${at})`;
    }
    case "negate":
      return `(-${uniformText(given.operand)})`;
    case "not":
      return `(!${uniformText(given.operand)})`;
    case "binary":
      // Without its parentheses AssemblyScript's parser may take x < (…) for the beginning of type arguments.
      return `((${uniformText(given.left)}) ${given.operator} ${uniformText(given.right)})`;
    case "conditional":
      return `(${uniformText(given.condition)} ? ${uniformText(given.then)} : ${uniformText(given.otherwise)})`;
    case "convert":
      return `<${given.type}>${uniformText(given.operand)}`;
    case "builtIn":
      return `${given.name}<f64>(${given.args.map(uniformText).join(", ")})`;
    default:
      throw new Error(`unreachable: ${given.kind} is never uniform`);
  }
}
