import { textOf, type Node, type ParserNodes } from "./parserNodes.js";
import { isLess } from "./parserText.js";
import type { SourceText } from "./sourceText.js";
import { BINARY_OPERATORS, type BinaryOperator, type ExpressionSyntax } from "./syntax.js";

/** Stands where something was refused. */
const NOTHING = { kind: "number", value: 0, isInteger: true } as const;

/** Reads expressions from AssemblyScript's syntax tree. */
export class ExpressionReader {
  private readonly source: SourceText;
  private readonly nodes: ParserNodes;

  constructor(source: SourceText, nodes: ParserNodes) {
    this.source = source;
    this.nodes = nodes;
  }

  /** Returns an expression without parentheses, and without the ! that says there is an element. */
  inside(node: Node): Node {
    const kind = this.nodes.kindOf(node);
    const isOuter = kind === "Parenthesized" || (kind === "Assertion" && this.nodes.isNonNull(node));
    return isOuter ? this.inside(node["expression"] as Node) : node;
  }

  /** Returns an expression; notes what is not in the subset. */
  read(given: Node): ExpressionSyntax {
    const node = this.inside(given);
    const at = node.range.start;
    switch (this.nodes.kindOf(node)) {
      case "Literal":
        return this.literal(node);
      case "True":
      case "False":
        return { kind: "boolean", at, value: this.nodes.kindOf(node) === "True" };
      case "Identifier":
        return { kind: "name", at, name: textOf(node) };
      case "PropertyAccess":
        return {
          kind: "member",
          at,
          object: this.read(node["expression"] as Node),
          property: textOf(node["property"]),
        };
      case "ElementAccess": {
        const index = this.read(node["elementExpression"] as Node);
        return { kind: "element", at, object: this.read(node["expression"] as Node), index };
      }
      case "UnaryPrefix":
        return this.unary(node);
      case "Binary":
        return this.binary(node);
      case "Ternary": {
        const [condition, then, otherwise] = ["condition", "ifThen", "ifElse"].map((part) =>
          this.read(node[part] as Node),
        );
        return { kind: "conditional", at, condition: condition!, then: then!, otherwise: otherwise! };
      }
      case "Call": {
        const args = (node["args"] as Node[]).map((each) => this.read(each));
        return { kind: "call", at, callee: this.read(node["expression"] as Node), args };
      }
      case "New":
        if ((node["args"] as Node[]).length > 0) return this.refused(node, "expected new without arguments");
        return { kind: "new", at, name: textOf((node["typeName"] as Node)["identifier"]) };
      default:
        return this.refused(node, reasonAgainst(this.nodes.kindOf(node)!));
    }
  }

  private literal(node: Node): ExpressionSyntax {
    const at = node.range.start;
    const text = this.source.text.slice(node.range.start, node.range.end);
    if (/^["']/.test(text)) return { kind: "text", at, value: node["value"] as string };
    const value = Number(text.replaceAll("_", ""));
    if (!Number.isFinite(value)) return this.refused(node, "expected a finite number, true or false");
    return { kind: "number", at, value, isInteger: /^(\d[\d_]*|0[xob][\da-f_]+)$/i.test(text) };
  }

  private unary(node: Node): ExpressionSyntax {
    const operator = this.nodes.operatorOf(node);
    if (operator !== "-" && operator !== "+" && operator !== "!")
      return this.refused(node, "expected the operators -, + and ! only; ++ and -- are statements of their own");
    return { kind: "unary", at: node.range.start, operator, operand: this.read(node["operand"] as Node) };
  }

  private binary(node: Node): ExpressionSyntax {
    const operator = this.binaryOperator(node);
    const isKnown = (BINARY_OPERATORS as readonly unknown[]).includes(operator);
    if (!isKnown)
      return this.refused(
        node,
        `expected one of the operators ${BINARY_OPERATORS.join(" ")}; assignments are statements of their own`,
      );
    const [left, right] = [this.read(node["left"] as Node), this.read(node["right"] as Node)];
    return { kind: "binary", at: node.range.start, operator: operator as BinaryOperator, left, right };
  }

  private binaryOperator(node: Node): string | undefined {
    const operator = this.nodes.operatorOf(node);
    const [left, right] = [node["left"] as Node, node["right"] as Node];
    return operator === ">" && isLess(this.source.text, left.range.end, right.range.start) ? "<" : operator;
  }

  private refused(node: Node, message: string): ExpressionSyntax {
    this.source.note(node.range.start, message);
    return { ...NOTHING, at: node.range.start };
  }
}

/** Why an expression of that kind has no place in a world file. */
function reasonAgainst(kind: string): string {
  if (kind === "Function") return "expected no function inside an expression: closures cannot be compiled";
  if (kind === "Assertion") return "expected no type assertion: write i32(x) or f64(x) to convert a number";
  return "expected numbers, fields, elements of vectors, operators and calls only";
}
