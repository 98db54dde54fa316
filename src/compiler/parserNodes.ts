import type * as AssemblyScript from "assemblyscript";

/** A node of AssemblyScript's syntax tree. */
export type Node = { readonly kind: number; readonly range: Range } & Parts;

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

/** Says what the numbers in nodes of AssemblyScript's syntax tree mean. */
export class ParserNodes {
  private readonly kinds: Enumeration;
  private readonly tokens: Enumeration;
  private readonly flags: Enumeration;
  private readonly assertions: Enumeration;

  constructor(assemblyscript: typeof AssemblyScript) {
    // Its declarations call these constants without objects, but they are objects.
    const { NodeKind, Token, CommonFlags, AssertionKind } = assemblyscript as unknown as Readonly<
      Record<string, Enumeration>
    >;
    this.kinds = NodeKind!;
    this.tokens = Token!;
    this.flags = CommonFlags!;
    this.assertions = AssertionKind!;
  }

  kindOf(node: Node): string {
    return this.kinds[node.kind]!;
  }

  /** The name of an expression's operator; "" if it has none. */
  tokenOf(node: Node): string {
    return this.tokens[node["operator"] as number] ?? "";
  }

  /** An expression's operator as world files have it; undefined for one that they do not have. */
  operatorOf(node: Node): string | undefined {
    return OPERATORS[this.tokenOf(node)];
  }

  isExported(node: Node): boolean {
    return this.has(node, "Export");
  }

  /** Whether variables are declared by const. */
  isConstant(node: Node): boolean {
    return this.has(node, "Const");
  }

  /** Whether a field is of a kind that a record does not have. */
  isNoInstance(node: Node): boolean {
    return ["Static", "Declare", "Abstract"].some((flag) => this.has(node, flag));
  }

  /** Whether an assertion is the ! that says there is an element. */
  isNonNull(node: Node): boolean {
    return node["assertionKind"] === this.assertions["NonNull"];
  }

  private has(node: Node, flag: string): boolean {
    return (node["flags"] & (this.flags[flag] as number)) !== 0;
  }
}

export function textOf(identifier: unknown): string {
  return (identifier as { readonly text: string }).text;
}
