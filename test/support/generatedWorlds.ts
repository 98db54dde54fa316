// World files with random records, formulas and statements, of everything that the form has.
import fc from "fast-check";
import {
  FormulaWriter,
  type GeneratedField,
  type GeneratedOptions,
  type Scope,
  type ValueType,
} from "./generatedFormulas.js";
import { HEAD, HELPERS } from "./generatedHelpers.js";

/** Texts of world files. */
export function generatedWorlds(options: GeneratedOptions): fc.Arbitrary<string> {
  return fc.noShrink(fc.integer()).map((seed) => new Writer(seed, options).file());
}

class Writer extends FormulaWriter {
  private declared = 0;

  file(): string {
    const numCandidates = 1 + this.nat(5);
    const slateSize = 1 + this.nat(Math.min(3, numCandidates) - 1);
    const parts = ["Parameters", "Document", "User", "Response"].map((name) => this.classOf(name));
    const has = {
      rank: this.coin(),
      isTerminal: this.coin(),
      without: this.coin(),
      measure: this.coin(),
      observe: this.coin(),
    };
    if (has.measure) parts.push(this.classOf("Metrics"));
    if (has.observe) parts.push(this.classOf("UserObservation"), this.classOf("DocumentObservation"));
    const user = { user: "User" };
    const both = { ...user, document: "Document" };
    const all = { ...both, response: "Response" };
    return `${HEAD}
export const slateSize = ${slateSize};
export const numCandidates = ${numCandidates};
${this.coin() ? `export const timeBudget = ${1 + this.nat(8)};` : ""}
${this.pick(["", "", 'export const resample = "episode";', 'export const resample = "never";'])}
const FACTOR = ${this.literal()};
const COUNT = 3;
${parts.join("\n")}
export const parameters = new Parameters();
export const choice = ${this.choice()};
${HELPERS}
${this.helper("helper", {}, { n: "i32", isOn: "bool" })}
${this.helper("worth", { document: "Document" }, {})}
${this.helper("scaled", { given: "Parameters" }, {})}
${this.helper("bump", user, {}, "user")}
function touch(user: User, draws: Draws): void {
${this.body({ records: user, written: "user", draws: true, isHelper: true, variables: [] })}
}
${this.role("sampleDocument", { document: "Document" }, "document", true)}
${this.role("sampleUser", user, "user", true)}
${this.value("score", both, "f64")}
${this.role("respond", { user: "User", document: "Document", isClicked: "bool", response: "Response" }, "response", true)}
${this.value("reward", { response: "Response" }, "f64")}
${this.role("transition", all, "user", true)}
${has.without ? this.role("transitionWithoutClick", user, "user", true) : ""}
${has.isTerminal ? this.value("isTerminal", user, "bool") : ""}
${has.rank ? this.value("rank", { document: "Document" }, "f64") : ""}
${has.measure ? this.role("measure", { ...all, isClicked: "bool", metrics: "Metrics" }, "metrics", false) : ""}
${has.observe ? this.role("observeUser", { ...user, seen: "UserObservation" }, "seen", true) : ""}
${has.observe ? this.role("observeDocument", { document: "Document", seen: "DocumentObservation" }, "seen", false) : ""}
`;
  }

  private choice(): string {
    return this.pick([
      "multinomialLogit()",
      "multinomialLogit(-0.5)",
      "multinomialLogit(parameters.number)",
      "multinomialProportional(-2000)",
      "multinomialProportional(-2000, parameters.number)",
      "exponentialCascade(0.001, 0.75)",
      "proportionalCascade(-2000, 0.0003)",
      "proportionalCascade(-2000, 0.0002, 0.5)",
    ]);
  }

  private classOf(name: string): string {
    const types =
      name === "Parameters" ? (["f64", "i32", "bool"] as const) : (["f64", "i32", "bool", "vector"] as const);
    const count = this.nat(4);
    const fields = Array.from({ length: count }, (_, i): GeneratedField => {
      const type = this.pick(types);
      return { name: `${this.pick(["a", "b", "length"])}${i}`, type, length: type === "vector" ? 1 + this.nat(3) : 1 };
    });
    if (name === "Parameters") fields.unshift({ name: "number", type: "f64", length: 1 });
    if (name === "User" && this.coin()) fields.push({ name: "length", type: "f64", length: 1 });
    this.classes[name] = fields;
    const lines = fields.map(
      (field) => `  ${field.name}: ${field.type === "vector" ? "Vector" : field.type} = ${this.initial(field)};`,
    );
    return `export class ${name} {\n${lines.join("\n")}\n}`;
  }

  private initial({ type, length }: GeneratedField): string {
    if (type === "vector") return `vector(${length})`;
    if (type === "bool") return this.pick(["true", "false"]);
    return type === "i32" ? String(this.nat(9)) : this.literal();
  }

  private role(name: string, given: Readonly<Record<string, string>>, written: string, draws: boolean): string {
    const records = Object.fromEntries(Object.entries(given).filter(([, type]) => type !== "bool"));
    const variables = Object.entries(given).flatMap(([each, type]) =>
      type === "bool" ? [variable(each, "bool")] : [],
    );
    const list = [
      ...Object.entries(given).map(([each, type]) => `${each}: ${type}`),
      ...(draws ? ["draws: Draws"] : []),
    ];
    return `export function ${name}(${list.join(", ")}): void {\n${this.body({ records, written, draws, variables })}\n}`;
  }

  private value(name: string, records: Readonly<Record<string, string>>, returns: ValueType): string {
    const list = Object.entries(records).map(([each, type]) => `${each}: ${type}`);
    return `export function ${name}(${list.join(", ")}): ${returns} {\n${this.body({ records, returns, variables: [] })}\n}`;
  }

  /** A function with a value, which may write to one of its records. */
  private helper(
    name: string,
    records: Readonly<Record<string, string>>,
    values: Readonly<Record<string, ValueType>>,
    written?: string,
  ): string {
    const given = { x: "f64", ...values } as const;
    const list = Object.entries({ ...records, ...given }).map(([each, type]) => `${each}: ${type}`);
    const variables = Object.entries(given).map(([each, type]) => variable(each, type));
    const scope: Scope = { records, variables, isHelper: true, returns: "f64", ...(written && { written }) };
    return `function ${name}(${list.join(", ")}): f64 {\n${this.body(scope)}\n}`;
  }

  private body(scope: Scope): string {
    const lines = this.statements({ ...scope, variables: [...scope.variables] }, 2, scope.returns);
    return lines.map((line) => `  ${line}`).join("\n");
  }

  private statements(scope: Scope, depth: number, returns?: ValueType): string[] {
    const inner = { ...scope, variables: [...scope.variables] };
    const lines = Array.from({ length: this.nat(3) + 1 }, () => this.statement(inner, depth));
    if (returns) lines.push(`return ${this.returned(inner, returns)};`);
    return lines;
  }

  private returned(scope: Scope, type: ValueType): string {
    return type === "f64" ? `bounded(${this.f64(scope, 3)})` : this.expression(scope, type, 2);
  }

  private statement(scope: Scope, depth: number): string {
    const kind = this.nat(depth > 0 ? 10 : 4);
    if (kind <= 1) return this.declaration(scope);
    if (kind <= 3) return this.assignment(scope);
    if (kind === 4) return this.exit(scope) ?? this.assignment(scope);
    const block = (loop: boolean): string =>
      `{ ${this.statements({ ...scope, ...(loop && { inLoop: true }) }, depth - 1).join(" ")} }`;
    const condition = this.expression(scope, "bool", 2);
    if (kind <= 6) return `if (${condition}) ${block(false)}${this.coin() ? ` else ${block(false)}` : ""}`;
    const counter = `c${++this.declared}`;
    if (kind === 7) return `for (let ${counter} = 0; ${counter} < ${this.nat(4)}; ${counter}++) ${block(true)}`;
    if (kind === 8)
      return `let ${counter} = ${this.nat(3)}.0; while (${counter} > 0 ${this.pick(["&&", "&& !"])}${condition}) { ${counter} -= 1; ${block(true)} }`;
    if (kind === 9) return this.endless(scope, counter, block(true));
    if (scope.draws && scope.written === "user" && !scope.isHelper) return "touch(user, draws);";
    return block(false);
  }

  /** A loop that only a statement inside of it ends. */
  private endless(scope: Scope, counter: string, block: string): string {
    const way = this.coin() ? "break" : this.returning(scope);
    const end = `if (${counter} > ${this.nat(4)} || ${this.expression(scope, "bool", 2)}) ${way};`;
    if (this.coin())
      return `for (let ${counter} = 0, f${counter} = 0.5; true; f${counter} += 1) { ${counter} += 1; ${end} ${block} }`;
    return `for (let ${counter} = 0; true; ${counter}++) { ${end} ${block} }`;
  }

  private declaration(scope: Scope): string {
    const type = this.pick(["f64", "i32", "bool"] as const);
    const name = `${this.pick(["x", "min", "exp", "element"])}${++this.declared}`;
    const isLet = this.coin();
    const value =
      type === "i32" && !this.isWild
        ? `small(${this.i32(scope, 2)})`
        : this.expression(scope, type, type === "i32" ? 2 : 3);
    scope.variables.push({ name, type, isLet });
    return `${isLet ? "let" : "const"} ${name}: ${type} = ${value};`;
  }

  private assignment(scope: Scope): string {
    const lets = scope.variables.filter(({ isLet }) => isLet);
    if (lets.length > 0 && this.coin()) {
      const { name, type } = this.pick(lets);
      if (type === "f64") return `${name} ${this.pick(["=", "+=", "-=", "*=", "/=", "%="])} ${this.f64(scope, 2)};`;
      if (type === "i32" && this.isWild && this.coin())
        return `${name} ${this.pick(["+=", "-=", "*="])} ${this.i32(scope, 2)};`;
      return `${name} = ${type === "i32" ? `small(${this.i32(scope, 2)})` : this.expression(scope, type, 2)};`;
    }
    const fields = scope.written === undefined ? [] : this.classes[scope.records[scope.written]!]!;
    if (fields.length === 0) return this.declaration(scope);
    const { name, type, length } = this.pick(fields);
    const target = `${scope.written}.${name}`;
    if (type === "vector") {
      if (scope.draws && this.nat(3) === 0) return `fill(${target}, draws);`;
      return `${target}[within(${this.i32(scope, 1)}, ${length})] = bounded(${this.f64(scope, 3)});`;
    }
    if (type === "i32") return `${target} = small(${this.i32(scope, 2)});`;
    if (type === "bool") return `${target} = ${this.expression(scope, "bool", 2)};`;
    if (this.coin())
      return `${target} ${this.pick(["+=", "-=", "*="])} ${this.f64(scope, 2)}; ${target} = bounded(${target});`;
    return `${target} = bounded(${this.f64(scope, 3)});`;
  }

  private returning(scope: Scope): string {
    return `return${scope.returns ? ` ${this.returned(scope, scope.returns)}` : ""}`;
  }

  private exit(scope: Scope): string | undefined {
    const way = scope.inLoop && this.coin() ? this.pick(["break", "continue"]) : this.returning(scope);
    return this.coin() ? `if (${this.expression(scope, "bool", 2)}) ${way};` : undefined;
  }
}

function variable(name: string, type: ValueType) {
  return { name, type, isLet: false };
}
