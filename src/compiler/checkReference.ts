import type { FileScope } from "./fileScope.js";
import type { FunctionScope } from "./functionScope.js";
import type { Field, RecordReference, RecordType, VectorReference } from "./program.js";
import type { ExpressionSyntax, Member } from "./syntax.js";

/** Finds the records, fields and vectors that expressions of one function name, and keeps which records are written to. */
export class ReferenceChecker {
  private readonly file: FileScope;
  private readonly scope: FunctionScope;

  constructor(file: FileScope, scope: FunctionScope) {
    this.file = file;
    this.scope = scope;
  }

  /** Returns the vector that an expression names; undefined if it names none. `isWritten`: it is to be written to. */
  vector(syntax: ExpressionSyntax, isWritten: boolean): VectorReference | undefined {
    if (syntax.kind === "name") {
      const local = this.scope.find(syntax.name);
      if (local?.type !== "vector") return undefined;
      if (isWritten) this.scope.writes.add(syntax.name);
      return { kind: "argument", name: local.unique };
    }
    if (syntax.kind !== "member") return undefined;
    const found = this.fieldOf(syntax, isWritten);
    return found?.field.type === "vector" ? { kind: "field", ...found } : undefined;
  }

  /** Returns the record and the field that a member names; undefined if there is none. */
  fieldOf(syntax: Member, isWritten: boolean): { readonly record: RecordReference; readonly field: Field } | undefined {
    const owner = this.record(syntax.object, isWritten);
    const field = owner?.type.fields.find(({ name }) => name === syntax.property);
    if (owner !== undefined && field === undefined)
      this.note(syntax, `expected a field of ${owner.type.name}, not ${syntax.property}`);
    return owner && field && { record: owner.reference, field };
  }

  /** Returns the record that an expression names; undefined if it names none. */
  record(syntax: ExpressionSyntax, isWritten: boolean): { reference: RecordReference; type: RecordType } | undefined {
    if (syntax.kind !== "name") return undefined;
    const local = this.scope.find(syntax.name);
    if (local === undefined && syntax.name === this.file.parameters) {
      if (isWritten) this.note(syntax, "expected no writing to the parameters");
      const type = this.file.records.get("Parameters");
      return type && { reference: { kind: "parameters" }, type };
    }
    if (local === undefined || typeof local.type === "string") return undefined;
    if (isWritten) this.scope.writes.add(syntax.name);
    return { reference: { kind: "argument", name: local.unique }, type: local.type };
  }

  private note({ at }: ExpressionSyntax, message: string): void {
    this.file.source.note(at, message);
  }
}
