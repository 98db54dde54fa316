import type * as AssemblyScript from "assemblyscript";
import type {
  AssignmentOperator,
  BinaryOperator,
  ClassSyntax,
  DeclarationSyntax,
  ExpressionSyntax,
  FieldSyntax,
  FunctionSyntax,
  ParameterSyntax,
  StatementSyntax,
  TypeSyntax,
  VariableSyntax,
} from "./syntax.js";
import { ASSIGNMENT_OPERATORS, BINARY_OPERATORS } from "./syntax.js";
import { isLess, parserText } from "./parserText.js";
import type { SourceText } from "./sourceText.js";

/** A node of AssemblyScript's syntax tree. */
type Node = { readonly kind: number; readonly range: Range } & Parts;

interface Range {
  readonly start: number;
  readonly end: number;
}

// oxlint-disable-next-line typescript/no-explicit-any -- its declarations are those of AssemblyScript's own dialect
type Parts = Record<string, any>;

/** Names by their numbers, and numbers by their names. */
type Enumeration = Readonly<Record<number, string>> & Readonly<Record<string, number | string>>;

const OPERATORS: Readonly<Record<string, string>> = {
  Plus: "+",
  Minus: "-",
  Asterisk: "*",
  Slash: "/",
  Percent: "%",
  LessThan: "<",
  LessThan_Equals: "<=",
  GreaterThan: ">",
  GreaterThan_Equals: ">=",
  Equals_Equals: "==",
  Equals_Equals_Equals: "==",
  Exclamation_Equals: "!=",
  Exclamation_Equals_Equals: "!=",
  Ampersand_Ampersand: "&&",
  Bar_Bar: "||",
  Exclamation: "!",
  Equals: "=",
  Plus_Equals: "+=",
  Minus_Equals: "-=",
  Asterisk_Equals: "*=",
  Slash_Equals: "/=",
  Percent_Equals: "%=",
};

/** Returns the declarations of a world file, and notes what is not in the subset. AssemblyScript's parser reads it. */
export function parse(source: SourceText, assemblyscript: typeof AssemblyScript): DeclarationSyntax[] {
  const program = assemblyscript.newProgram(assemblyscript.newOptions());
  const text = parserText(source.text);
  assemblyscript.parse(program, text, source.file, true);
  for (let error = assemblyscript.nextDiagnostic(program); error; error = assemblyscript.nextDiagnostic(program))
    source.note(error.range?.start ?? 0, error.message);
  source.refuse();
  const parsed = program.sources.find((each) => each.text === text) as unknown as Node;
  return new Reader(source, assemblyscript).declarations(parsed["statements"] as Node[]);
}

/** Stands where something was refused. */
const NOTHING = { kind: "number", value: 0, isInteger: true } as const;

class Reader {
  private readonly source: SourceText;
  private readonly kinds: Enumeration;
  private readonly tokens: Enumeration;
  private readonly exported: number;
  private readonly constant: number;
  private readonly nonNull: number;
  /** Flags of fields that a record does not have. */
  private readonly noInstance: number;

  constructor(source: SourceText, assemblyscript: typeof AssemblyScript) {
    this.source = source;
    // Its declarations call these constants without objects, but they are objects.
    const { NodeKind, Token, CommonFlags, AssertionKind } = assemblyscript as unknown as Readonly<
      Record<string, Enumeration>
    >;
    this.kinds = NodeKind!;
    this.tokens = Token!;
    this.exported = CommonFlags!["Export"] as number;
    this.constant = CommonFlags!["Const"] as number;
    this.nonNull = AssertionKind!["NonNull"] as number;
    this.noInstance = ["Static", "Declare", "Abstract"].reduce(
      (flags, name) => flags | (CommonFlags![name] as number),
      0,
    );
  }

  declarations(statements: readonly Node[]): DeclarationSyntax[] {
    return statements.flatMap((statement) => this.declaration(statement) ?? []);
  }

  private declaration(node: Node): DeclarationSyntax | undefined {
    const at = node.range.start;
    switch (this.kinds[node.kind]) {
      case "Import":
        return this.imports(node);
      case "ClassDeclaration":
        return this.classOf(node);
      case "FunctionDeclaration":
        return this.functionOf(node);
      case "Variable": {
        const constants = (node["declarations"] as Node[]).map((each) => this.variable(each));
        for (const each of constants)
          if (!each.isConstant) this.source.note(each.at, "expected const: a world keeps its state in its users");
        return { kind: "constants", at, isExported: this.isExported(node["declarations"][0] as Node), constants };
      }
      case "TypeDeclaration":
      case "InterfaceDeclaration":
      case "Empty":
        return undefined; // types only
      default:
        this.source.note(at, "expected imports, constants, classes and functions only");
        return undefined;
    }
  }

  private imports(node: Node): DeclarationSyntax {
    const names = ((node["declarations"] ?? []) as Node[]).map((each) => ({
      at: each.range.start,
      name: each["name"].text as string,
      foreign: each["foreignName"].text as string,
    }));
    if (node["namespaceName"]) this.source.note(node.range.start, "expected an import by names: import { exp } from …");
    return { kind: "import", at: node.range.start, path: node["path"].value as string, names };
  }

  private classOf(node: Node): ClassSyntax {
    if (node["extendsType"] || node["implementsTypes"] || node["typeParameters"])
      this.source.note(node.range.start, "expected a class of fields, without extends, implements and type parameters");
    const members = node["members"] as Node[];
    const fields = members.flatMap((member): FieldSyntax[] => {
      if (this.kinds[member.kind] === "FieldDeclaration") return [this.field(member)];
      this.source.note(member.range.start, "expected a field: functions of a world stand outside its classes");
      return [];
    });
    return {
      kind: "class",
      at: node.range.start,
      name: textOf(node["name"]),
      isExported: this.isExported(node),
      fields,
    };
  }

  private field(node: Node): FieldSyntax {
    if ((node["flags"] & this.noInstance) !== 0)
      this.source.note(node.range.start, "expected a field that is not static, declared or abstract");
    const { at, name, type, value } = this.variable(node);
    return { at, name, type, value };
  }

  private functionOf(node: Node): FunctionSyntax {
    const { signature, body } = node as { signature: Node; body: Node | null } & Node;
    if (node["typeParameters"]) this.source.note(node.range.start, "expected a function without type parameters");
    if (!body) this.source.note(node.range.start, "expected a function with a body");
    return {
      kind: "function",
      at: node.range.start,
      name: textOf(node["name"]),
      isExported: this.isExported(node),
      parameters: (signature["parameters"] as Node[]).map((each) => this.parameter(each)),
      returns: this.type(signature["returnType"] as Node),
      body: body ? this.body(body) : [],
    };
  }

  private parameter(node: Node): ParameterSyntax {
    if (node["parameterKind"] !== 0 || node["initializer"])
      this.source.note(node.range.start, "expected a parameter without default, ? and ...");
    return { at: node.range.start, name: textOf(node["name"]), type: this.type(node["type"] as Node) };
  }

  private variable(node: Node): VariableSyntax {
    const initializer = node["initializer"] as Node | null;
    return {
      at: node.range.start,
      name: textOf(node["name"]),
      type: node["type"] ? this.type(node["type"] as Node) : undefined,
      value: initializer ? this.expression(initializer) : undefined,
      isConstant: (node["flags"] & this.constant) !== 0,
    };
  }

  /** Returns the name of a type; undefined where none is written. */
  private type(node: Node): TypeSyntax | undefined {
    const at = node.range.start;
    if (node.range.end === at) return undefined;
    const { name, typeArguments } = node as { name?: Node; typeArguments?: readonly Node[] | null } & Node;
    const isPlain =
      this.kinds[node.kind] === "NamedType" && !name!["next"] && !typeArguments?.length && !node["isNullable"];
    if (!isPlain)
      this.source.note(at, `expected f64, i32, bool, Vector or a class of this file, not ${this.textAt(node)}`);
    return { at, name: isPlain ? textOf(name!["identifier"] as Node) : "f64" };
  }

  /** Returns the statements of a block, or the one statement that stands in its place. */
  private body(node: Node): StatementSyntax[] {
    if (this.kinds[node.kind] !== "Block") return this.statement(node);
    return (node["statements"] as Node[]).flatMap((each) => this.statement(each));
  }

  private statement(node: Node): StatementSyntax[] {
    const at = node.range.start;
    switch (this.kinds[node.kind]) {
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
        return [{ kind: "if", at, condition: this.expression(node["condition"] as Node), then, otherwise }];
      }
      case "For":
        return [this.loop(node)];
      case "While":
        return [
          {
            kind: "while",
            at,
            condition: this.expression(node["condition"] as Node),
            body: this.body(node["body"] as Node),
          },
        ];
      case "Return":
        return [{ kind: "return", at, value: node["value"] ? this.expression(node["value"] as Node) : undefined }];
      case "Break":
      case "Continue":
        if (node["label"]) this.source.note(at, "expected no label");
        return [{ kind: this.kinds[node.kind] === "Break" ? "break" : "continue", at }];
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
      condition: node["condition"] ? this.expression(node["condition"] as Node) : undefined,
      update: node["incrementor"] ? this.expressionStatement(node["incrementor"] as Node) : undefined,
      body: this.body(node["body"] as Node),
    };
  }

  /** An expression in the place of a statement: an assignment, ++, --, or a call. */
  private expressionStatement(given: Node): StatementSyntax {
    const node = this.inside(given);
    const at = node.range.start;
    const kind = this.kinds[node.kind];
    const token = this.tokens[node["operator"] as number] ?? "";
    const operator = OPERATORS[token];
    if (kind === "Binary" && (ASSIGNMENT_OPERATORS as readonly unknown[]).includes(operator)) {
      const [target, value] = [this.expression(node["left"] as Node), this.expression(node["right"] as Node)];
      return { kind: "assignment", at, operator: operator as AssignmentOperator, target, value };
    }
    if ((kind === "UnaryPostfix" || kind === "UnaryPrefix") && (token === "Plus_Plus" || token === "Minus_Minus")) {
      const value = { kind: "number", at, value: 1, isInteger: true } as const;
      const target = this.expression(node["operand"] as Node);
      return { kind: "assignment", at, operator: token === "Plus_Plus" ? "+=" : "-=", target, value };
    }
    return { kind: "expression", at, expression: this.expression(node) };
  }

  /** Returns an expression without parentheses, and without the ! that says there is an element. */
  private inside(node: Node): Node {
    const kind = this.kinds[node.kind];
    const isOuter = kind === "Parenthesized" || (kind === "Assertion" && node["assertionKind"] === this.nonNull);
    return isOuter ? this.inside(node["expression"] as Node) : node;
  }

  private expression(given: Node): ExpressionSyntax {
    const node = this.inside(given);
    const at = node.range.start;
    switch (this.kinds[node.kind]) {
      case "Literal":
        return this.literal(node);
      case "True":
      case "False":
        return { kind: "boolean", at, value: this.kinds[node.kind] === "True" };
      case "Identifier":
        return { kind: "name", at, name: textOf(node) };
      case "PropertyAccess":
        return {
          kind: "member",
          at,
          object: this.expression(node["expression"] as Node),
          property: textOf(node["property"]),
        };
      case "ElementAccess": {
        const index = this.expression(node["elementExpression"] as Node);
        return { kind: "element", at, object: this.expression(node["expression"] as Node), index };
      }
      case "UnaryPrefix":
        return this.unary(node);
      case "Binary":
        return this.binary(node);
      case "Ternary": {
        const [condition, then, otherwise] = ["condition", "ifThen", "ifElse"].map((part) =>
          this.expression(node[part] as Node),
        );
        return { kind: "conditional", at, condition: condition!, then: then!, otherwise: otherwise! };
      }
      case "Call": {
        const args = (node["args"] as Node[]).map((each) => this.expression(each));
        return { kind: "call", at, callee: this.expression(node["expression"] as Node), args };
      }
      case "New":
        if ((node["args"] as Node[]).length > 0) return this.refused(node, "expected new without arguments");
        return { kind: "new", at, name: textOf((node["typeName"] as Node)["identifier"]) };
      default:
        return this.refused(node, reasonAgainst(this.kinds[node.kind]!));
    }
  }

  private literal(node: Node): ExpressionSyntax {
    const at = node.range.start;
    const text = this.textAt(node);
    if (/^["']/.test(text)) return { kind: "text", at, value: node["value"] as string };
    const value = Number(text.replaceAll("_", ""));
    if (!Number.isFinite(value)) return this.refused(node, "expected a finite number, true or false");
    return { kind: "number", at, value, isInteger: /^(\d[\d_]*|0[xob][\da-f_]+)$/i.test(text) };
  }

  private unary(node: Node): ExpressionSyntax {
    const operator = OPERATORS[this.tokens[node["operator"] as number] ?? ""];
    if (operator !== "-" && operator !== "+" && operator !== "!")
      return this.refused(node, "expected the operators -, + and ! only; ++ and -- are statements of their own");
    return { kind: "unary", at: node.range.start, operator, operand: this.expression(node["operand"] as Node) };
  }

  private binary(node: Node): ExpressionSyntax {
    const operator = this.binaryOperator(node);
    const isKnown = (BINARY_OPERATORS as readonly unknown[]).includes(operator);
    if (!isKnown)
      return this.refused(
        node,
        `expected one of the operators ${BINARY_OPERATORS.join(" ")}; assignments are statements of their own`,
      );
    const [left, right] = [this.expression(node["left"] as Node), this.expression(node["right"] as Node)];
    return { kind: "binary", at: node.range.start, operator: operator as BinaryOperator, left, right };
  }

  private binaryOperator(node: Node): string | undefined {
    const operator = OPERATORS[this.tokens[node["operator"] as number] ?? ""];
    const [left, right] = [node["left"] as Node, node["right"] as Node];
    return operator === ">" && isLess(this.source.text, left.range.end, right.range.start) ? "<" : operator;
  }

  private refused(node: Node, message: string): ExpressionSyntax {
    this.source.note(node.range.start, message);
    return { ...NOTHING, at: node.range.start };
  }

  private textAt({ range }: Node): string {
    return this.source.text.slice(range.start, range.end);
  }

  private isExported(node: Node): boolean {
    return (node["flags"] & this.exported) !== 0;
  }
}

function textOf(identifier: unknown): string {
  return (identifier as { readonly text: string }).text;
}

/** Why an expression of that kind has no place in a world file. */
function reasonAgainst(kind: string): string {
  if (kind === "Function") return "expected no function inside an expression: closures cannot be compiled";
  if (kind === "Assertion") return "expected no type assertion: write i32(x) or f64(x) to convert a number";
  return "expected numbers, fields, elements of vectors, operators and calls only";
}
