// A compiler transform: every kernel function that returns a vector is inlined where it is called. AssemblyScript's
// decorator for this is not TypeScript, so it is added here and the sources stay readable for every other tool.
import { Node, NodeKind } from "assemblyscript";

export default class InlineVectorFunctions {
  afterParse(parser) {
    const own = parser.sources.filter((source) => !source.isLibrary);
    for (const statement of own.flatMap((source) => source.statements)) {
      if (statement.kind !== NodeKind.FunctionDeclaration) continue;
      if (statement.signature.returnType.name?.identifier.text !== "v128") continue;
      const inline = Node.createIdentifierExpression("inline", statement.range);
      statement.decorators = [Node.createDecorator(inline, null, statement.range)];
    }
  }
}
