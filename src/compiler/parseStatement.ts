import { ExpressionReader } from "./parseExpression.js";
import { textOf, type Node, type ParserNodes } from "./parserNodes.js";
import type { SourceText } from "./sourceText.js";
import {
  ASSIGNMENT_OPERATORS,
  type AssignmentOperator,
  type StatementSyntax,
  type TypeSyntax,
  type VariableSyntax,
} from "./syntax.js";

/** Reads statements, variables and types from AssemblyScript's syntax tree. */
export class StatementReader {
  private readonly source: SourceText;
  private readonly nodes: ParserNodes;
  private readonly expressions: ExpressionReader;

  constructor(source: SourceText, nodes: ParserNodes) {
    this.source = source;
    this.nodes = nodes;
    this.expressions = new ExpressionReader(source, nodes);
  }

  variable(node: Node): VariableSyntax {
    const initializer = node["initializer"] as Node | null;
    return {
      at: node.range.start,
      name: textOf(node["name"]),
      type: node["type"] ? this.type(node["type"] as Node) : undefined,
      value: initializer ? this.expressions.read(initializer) : undefined,
      isConstant: this.nodes.isConstant(node),
    };
  }

  /** Returns the name of a type; undefined where none is written. */
  type(node: Node): TypeSyntax | undefined {
    const at = node.range.start;
    if (node.range.end === at) return undefined;
    const { name, typeArguments } = node as { name?: Node; typeArguments?: readonly Node[] | null } & Node;
    const isPlain =
      this.nodes.kindOf(node) === "NamedType" && !name!["next"] && !typeArguments?.length && !node["isNullable"];
    if (!isPlain)
      this.source.note(
        at,
        `expected f64, i32, bool, Vector or a class of this file, not ${this.source.text.slice(node.range.start, node.range.end)}`,
      );
    return { at, name: isPlain ? textOf(name!["identifier"] as Node) : "f64" };
  }

  /** Returns the statements of a block, or the one statement that stands in its place. */
  body(node: Node): StatementSyntax[] {
    if (this.nodes.kindOf(node) !== "Block") return this.statement(node);
    return (node["statements"] as Node[]).flatMap((each) => this.statement(each));
  }

  private statement(node: Node): StatementSyntax[] {
    const at = node.range.start;
    switch (this.nodes.kindOf(node)) {
      case "Block":
        return [{ kind: "block", at, body: this.body(node) }];
      case "Variable":
        return [
          { kind: "variables", at, variables: (node["declarations"] as Node[]).map((each) => this.variable(each)) },
        ];
      case "Expression":
        return [this.expressionStatement(node["expression"] as Node)];
      case "If": {
        const otherwise = node["ifFalse"] ? this.body(node["ifFalse"] as Node) : [];
        const then = this.body(node["ifTrue"] as Node);
        return [{ kind: "if", at, condition: this.expressions.read(node["condition"] as Node), then, otherwise }];
      }
      case "For":
        return [this.loop(node)];
      case "While":
        return [
          {
            kind: "while",
            at,
            condition: this.expressions.read(node["condition"] as Node),
            body: this.body(node["body"] as Node),
          },
        ];
      case "Return":
        return [
          { kind: "return", at, value: node["value"] ? this.expressions.read(node["value"] as Node) : undefined },
        ];
      case "Break":
      case "Continue":
        if (node["label"]) this.source.note(at, "expected no label");
        return [{ kind: this.nodes.kindOf(node) === "Break" ? "break" : "continue", at }];
      case "Empty":
        return [];
      default:
        this.source.note(at, "expected variables, assignments, calls, if, for, while, break, continue and return only");
        return [];
    }
  }

  private loop(node: Node): StatementSyntax {
    const [initial] = node["initializer"] ? this.statement(node["initializer"] as Node) : [];
    return {
      kind: "for",
      at: node.range.start,
      initial,
      condition: node["condition"] ? this.expressions.read(node["condition"] as Node) : undefined,
      update: node["incrementor"] ? this.expressionStatement(node["incrementor"] as Node) : undefined,
      body: this.body(node["body"] as Node),
    };
  }

  /** An expression in the place of a statement: an assignment, ++, --, or a call. */
  private expressionStatement(given: Node): StatementSyntax {
    const node = this.expressions.inside(given);
    const at = node.range.start;
    const kind = this.nodes.kindOf(node);
    const token = this.nodes.tokenOf(node);
    const operator = this.nodes.operatorOf(node);
    if (kind === "Binary" && (ASSIGNMENT_OPERATORS as readonly unknown[]).includes(operator)) {
      const [target, value] = [
        this.expressions.read(node["left"] as Node),
        this.expressions.read(node["right"] as Node),
      ];
      return { kind: "assignment", at, operator: operator as AssignmentOperator, target, value };
    }
    if ((kind === "UnaryPostfix" || kind === "UnaryPrefix") && (token === "Plus_Plus" || token === "Minus_Minus")) {
      const value = { kind: "number", at, value: 1, isInteger: true } as const;
      const target = this.expressions.read(node["operand"] as Node);
      return { kind: "assignment", at, operator: token === "Plus_Plus" ? "+=" : "-=", target, value };
    }
    return { kind: "expression", at, expression: this.expressions.read(node) };
  }
}
