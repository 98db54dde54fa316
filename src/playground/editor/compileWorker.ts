// Compiles world files beside the page, which stays responsive: AssemblyScript's compiler takes seconds.
import { compileWorldFile } from "../../compiler/compileWorld.js";
import { InvalidSource } from "../../compiler/sourceText.js";
import type { CompilerAnswer, CompilerQuestion } from "./compiler.js";

addEventListener("message", async ({ data }: MessageEvent<CompilerQuestion>) => {
  postMessage(await answerTo(data));
});

async function answerTo({ source, file }: CompilerQuestion): Promise<CompilerAnswer> {
  try {
    const { module, name } = await compileWorldFile(source, file);
    return { module, name };
  } catch (error) {
    if (error instanceof InvalidSource) return { mistakes: error.mistakes };
    return { failure: reasonOf(error) };
  }
}

/** Where the compiler cannot be loaded the cause says why: in a page nothing can be installed. */
function reasonOf(error: unknown): string {
  const { cause = error } = error as Error;
  return cause instanceof Error ? cause.message : String(cause);
}
