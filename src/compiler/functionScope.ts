import type { ParameterType, ValueType } from "./program.js";
import type { ExpressionSyntax } from "./syntax.js";

/** A name inside a function. */
export interface Local {
  /** A name that no other variable of the function has, as blocks may declare one name more than once. */
  readonly unique: string;
  readonly type: ParameterType;
  readonly isConstant: boolean;
  readonly isArgument: boolean;
}

/** The names inside a function: its parameters, then variables block by block. */
export class FunctionScope {
  /** Names of the parameters whose records the function writes to. */
  readonly writes = new Set<string>();
  private readonly blocks: Map<string, Local>[] = [new Map()];
  private readonly uniques = new Set<string>();
  loops = 0;

  /** Declares a parameter; false if there is one of that name. */
  addParameter(name: string, type: ParameterType): boolean {
    this.uniques.add(name);
    return this.add(name, { unique: name, type, isConstant: true, isArgument: true });
  }

  /** Declares a variable in the innermost block; undefined if it has one of that name. */
  addVariable(name: string, type: ValueType, isConstant: boolean): string | undefined {
    let unique = name;
    for (let n = 1; this.uniques.has(unique); n++) unique = `${name}_${n}`;
    this.uniques.add(unique);
    return this.add(name, { unique, type, isConstant, isArgument: false }) ? unique : undefined;
  }

  find(name: string): Local | undefined {
    return this.blocks.findLast((block) => block.has(name))?.get(name);
  }

  /** Whether a parameter or a variable has the name that begins an expression, and hides what it would mean in the file. */
  hides(syntax: ExpressionSyntax): boolean {
    const name = syntax.kind === "member" ? syntax.object : syntax;
    return name.kind === "name" && this.find(name.name) !== undefined;
  }

  /** Runs `read` inside a block of its own. */
  inBlock<T>(read: () => T): T {
    this.blocks.push(new Map());
    try {
      return read();
    } finally {
      this.blocks.pop();
    }
  }

  private add(name: string, local: Local): boolean {
    const block = this.blocks.at(-1)!;
    if (block.has(name)) return false;
    block.set(name, local);
    return true;
  }
}
