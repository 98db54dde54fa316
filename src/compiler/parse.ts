import type * as AssemblyScript from "assemblyscript";
import { ParserNodes, textOf, type Node } from "./parserNodes.js";
import { StatementReader } from "./parseStatement.js";
import { parserText } from "./parserText.js";
import type { SourceText } from "./sourceText.js";
import type { ClassSyntax, DeclarationSyntax, FieldSyntax, FunctionSyntax, ParameterSyntax } from "./syntax.js";

/** Returns the declarations of a world file, and notes what is not in the subset. AssemblyScript's parser reads it. */
export function parse(source: SourceText, assemblyscript: typeof AssemblyScript): DeclarationSyntax[] {
  const program = assemblyscript.newProgram(assemblyscript.newOptions());
  const text = parserText(source.text);
  assemblyscript.parse(program, text, source.file, true);
  for (let error = assemblyscript.nextDiagnostic(program); error; error = assemblyscript.nextDiagnostic(program))
    source.note(error.range?.start ?? 0, error.message);
  source.refuse();
  const parsed = program.sources.find((each) => each.text === text) as unknown as Node;
  return new DeclarationReader(source, new ParserNodes(assemblyscript)).declarations(parsed["statements"] as Node[]);
}

/** Reads what stands outside of functions from AssemblyScript's syntax tree. */
class DeclarationReader {
  private readonly source: SourceText;
  private readonly nodes: ParserNodes;
  private readonly statements: StatementReader;

  constructor(source: SourceText, nodes: ParserNodes) {
    this.source = source;
    this.nodes = nodes;
    this.statements = new StatementReader(source, nodes);
  }

  declarations(statements: readonly Node[]): DeclarationSyntax[] {
    return statements.flatMap((statement) => this.declaration(statement) ?? []);
  }

  private declaration(node: Node): DeclarationSyntax | undefined {
    const at = node.range.start;
    switch (this.nodes.kindOf(node)) {
      case "Import":
        return this.imports(node);
      case "ClassDeclaration":
        return this.classOf(node);
      case "FunctionDeclaration":
        return this.functionOf(node);
      case "Variable": {
        const constants = (node["declarations"] as Node[]).map((each) => this.statements.variable(each));
        for (const each of constants)
          if (!each.isConstant) this.source.note(each.at, "expected const: a world keeps its state in its users");
        return { kind: "constants", at, isExported: this.nodes.isExported(node["declarations"][0] as Node), constants };
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
      if (this.nodes.kindOf(member) === "FieldDeclaration") return [this.field(member)];
      this.source.note(member.range.start, "expected a field: functions of a world stand outside its classes");
      return [];
    });
    return {
      kind: "class",
      at: node.range.start,
      name: textOf(node["name"]),
      isExported: this.nodes.isExported(node),
      fields,
    };
  }

  private field(node: Node): FieldSyntax {
    if (this.nodes.isNoInstance(node))
      this.source.note(node.range.start, "expected a field that is not static, declared or abstract");
    const { at, name, type, value } = this.statements.variable(node);
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
      isExported: this.nodes.isExported(node),
      parameters: (signature["parameters"] as Node[]).map((each) => this.parameter(each)),
      returns: this.statements.type(signature["returnType"] as Node),
      body: body ? this.statements.body(body) : [],
    };
  }

  private parameter(node: Node): ParameterSyntax {
    if (node["parameterKind"] !== 0 || node["initializer"])
      this.source.note(node.range.start, "expected a parameter without default, ? and ...");
    return { at: node.range.start, name: textOf(node["name"]), type: this.statements.type(node["type"] as Node) };
  }
}
