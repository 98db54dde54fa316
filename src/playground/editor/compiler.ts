import type { SourceMistake } from "../../compiler/sourceText.js";

/** A world file to compile. */
export interface CompilerQuestion {
  readonly source: string;
  /** Its name in errors. */
  readonly file: string;
}

/** The module that a world file becomes, and the world's name. */
export interface CompiledModule {
  readonly module: string;
  readonly name: string;
}

/** A compiled module, the mistakes of the world file, or why there is neither. */
export type CompilerAnswer =
  | CompiledModule
  | { readonly mistakes: readonly SourceMistake[] }
  | { readonly failure: string };

/** Compiles world files in a worker, which begins to load AssemblyScript's compiler at once and keeps it. */
export class Compiler {
  private worker: Worker | undefined;
  private answered: ((answer: CompilerAnswer) => void) | undefined;

  /** One question at a time. Resolves with a failure if the worker's files do not load, and not at all after `end`. */
  ask(question: CompilerQuestion): Promise<CompilerAnswer> {
    const worker = (this.worker ??= this.start());
    return new Promise((resolve) => {
      this.answered = resolve;
      worker.postMessage(question, []);
    });
  }

  end(): void {
    this.worker?.terminate();
    this.worker = undefined;
  }

  private start(): Worker {
    const worker = new Worker(new URL("./compileWorker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<CompilerAnswer>) => this.answered?.(data));
    worker.addEventListener("error", ({ message }) => {
      this.end(); // the next question starts another
      this.answered?.({ failure: message || "the compiler's worker could not be started" });
    });
    return worker;
  }
}
