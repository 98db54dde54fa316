/**
 * The syntax of a world file: what is left of AssemblyScript's grammar once everything outside the subset has been refused. `at` is a
 * node's first character, counted from 0.
 */

/** Arithmetic, comparisons and logic of two operands. */
export const BINARY_OPERATORS = ["+", "-", "*", "/", "%", "<", "<=", ">", ">=", "==", "!=", "&&", "||"] as const;
export type BinaryOperator = (typeof BINARY_OPERATORS)[number];

/** How an assignment combines the old value with the new one; "=" replaces it. */
export const ASSIGNMENT_OPERATORS = ["=", "+=", "-=", "*=", "/=", "%="] as const;
export type AssignmentOperator = (typeof ASSIGNMENT_OPERATORS)[number];

interface At {
  readonly at: number;
}

export type ExpressionSyntax = At &
  (
    | { readonly kind: "number"; readonly value: number; readonly isInteger: boolean }
    | { readonly kind: "boolean"; readonly value: boolean }
    | { readonly kind: "text"; readonly value: string }
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "member"; readonly object: ExpressionSyntax; readonly property: string }
    | { readonly kind: "element"; readonly object: ExpressionSyntax; readonly index: ExpressionSyntax }
    | { readonly kind: "unary"; readonly operator: "-" | "+" | "!"; readonly operand: ExpressionSyntax }
    | {
        readonly kind: "binary";
        readonly operator: BinaryOperator;
        readonly left: ExpressionSyntax;
        readonly right: ExpressionSyntax;
      }
    | {
        readonly kind: "conditional";
        readonly condition: ExpressionSyntax;
        readonly then: ExpressionSyntax;
        readonly otherwise: ExpressionSyntax;
      }
    | { readonly kind: "new"; readonly name: string }
    | { readonly kind: "call"; readonly callee: ExpressionSyntax; readonly args: readonly ExpressionSyntax[] }
  );

/** A variable, or a constant of the file. */
export interface VariableSyntax extends At {
  readonly name: string;
  readonly type: TypeSyntax | undefined;
  readonly value: ExpressionSyntax | undefined;
  readonly isConstant: boolean;
}

/** The name of a type. */
export interface TypeSyntax extends At {
  readonly name: string;
}

export type StatementSyntax = At &
  (
    | { readonly kind: "variables"; readonly variables: readonly VariableSyntax[] }
    | {
        readonly kind: "assignment";
        readonly operator: AssignmentOperator;
        readonly target: ExpressionSyntax;
        readonly value: ExpressionSyntax;
      }
    | { readonly kind: "expression"; readonly expression: ExpressionSyntax }
    | {
        readonly kind: "if";
        readonly condition: ExpressionSyntax;
        readonly then: readonly StatementSyntax[];
        readonly otherwise: readonly StatementSyntax[];
      }
    | {
        readonly kind: "for";
        readonly initial: StatementSyntax | undefined;
        readonly condition: ExpressionSyntax | undefined;
        readonly update: StatementSyntax | undefined;
        readonly body: readonly StatementSyntax[];
      }
    | { readonly kind: "while"; readonly condition: ExpressionSyntax; readonly body: readonly StatementSyntax[] }
    | { readonly kind: "return"; readonly value: ExpressionSyntax | undefined }
    | { readonly kind: "break" | "continue" }
    | { readonly kind: "block"; readonly body: readonly StatementSyntax[] }
  );

export interface FieldSyntax extends At {
  readonly name: string;
  readonly type: TypeSyntax | undefined;
  readonly value: ExpressionSyntax | undefined;
}

export interface ParameterSyntax extends At {
  readonly name: string;
  readonly type: TypeSyntax | undefined;
}

export interface ImportedName extends At {
  /** Its name in the file. */
  readonly name: string;
  /** Its name in the module. */
  readonly foreign: string;
}

export interface FunctionSyntax extends At {
  readonly kind: "function";
  readonly name: string;
  readonly isExported: boolean;
  readonly parameters: readonly ParameterSyntax[];
  readonly returns: TypeSyntax | undefined;
  readonly body: readonly StatementSyntax[];
}

export interface ClassSyntax extends At {
  readonly kind: "class";
  readonly name: string;
  readonly isExported: boolean;
  readonly fields: readonly FieldSyntax[];
}

export type DeclarationSyntax =
  | (At & { readonly kind: "import"; readonly path: string; readonly names: readonly ImportedName[] })
  | ClassSyntax
  | FunctionSyntax
  | (At & {
      readonly kind: "constants";
      readonly isExported: boolean;
      readonly constants: readonly VariableSyntax[];
    });

export type Call = Extract<ExpressionSyntax, { kind: "call" }>;
export type Binary = Extract<ExpressionSyntax, { kind: "binary" }>;
export type Member = Extract<ExpressionSyntax, { kind: "member" }>;
