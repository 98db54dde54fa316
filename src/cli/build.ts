import { InvalidInput } from "../check/invalidInput.js";
import { toJson } from "../report/json.js";
import { buildMistakes, buildWorldFile } from "../worldFiles/buildWorldFile.js";
import type { Command } from "./command.js";
import { asText, value } from "./flag.js";
import { json } from "./flags.js";
import { print } from "./print.js";
import { whileCompiling } from "./readModule.js";
import { readWords } from "./readWords.js";

const flags = {
  out: value("--out FOLDER", "Write the files into FOLDER.", asText).default(undefined, "the folder of FILE"),
  json,
};
const operand = { name: "FILE", help: "Compile the world file FILE, as in patience.world.ts." };

/** `slatesim build`: a world file as WebAssembly, and as a module with its types. */
export const build: Command = {
  operand,
  flags,
  execute,
};

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes, operand: path } = readWords(words, flags, operand);
  if (path !== undefined) mistakes.push(...buildMistakes(path, values.out));
  if (path === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const built = await buildWorldFile(path, values.out, whileCompiling);
  if (values.json) return print(toJson(built));
  const lines = built.files.map((file) => `Wrote ${file.path} (${file.bytes} bytes)`);
  print([`World ${JSON.stringify(built.name)}, SHA-256 ${built.sourceSha256}`, ...lines].join("\n"));
}
