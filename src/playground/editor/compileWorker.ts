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
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}
