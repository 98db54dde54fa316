import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { folderMistake, makeFolder } from "../files/folder.js";
import { readWhole } from "../files/readWhole.js";
import { WholeFile, wholeFileMistake } from "../files/wholeFile.js";
import type { CompiledProgram } from "../worlds/compiled/compiledProgram.js";
import { declarationText } from "./declaration.js";
import { isWorldFile, readWorldFile } from "./importWorldFile.js";
import { cachedWorld, type WhileCompiling } from "./worldCache.js";

/** The first words of files that a build may replace. */
const MARK = "// Built by slatesim";

/** What a build wrote. */
export interface BuiltWorld {
  /** Name of the world. */
  readonly name: string;
  /** SHA-256 of the world file, in hexadecimal digits. */
  readonly sourceSha256: string;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}

/** Returns the errors of a world file's path, and of a folder for what is built of it (default: its own). */
export function buildMistakes(path: string, out = dirname(path)): string[] {
  const noWorld = isWorldFile(path) ? undefined : expectedMistake("FILE", "a file that ends in .world.ts", path);
  const noFolder = folderMistake(out);
  if (noWorld !== undefined || noFolder !== undefined)
    return [noWorld, noFolder].filter((mistake) => mistake !== undefined);
  if (!existsSync(out)) return []; // the folder is made once the file has been compiled
  return Object.values(placesOf(path, out)).flatMap(
    (place) => wholeFileMistake("out", place) ?? otherMistake(place) ?? [],
  );
}

/**
 * Compiles a world file, and writes NAME.wasm, NAME.mjs and NAME.d.mts into a folder: all of them, each whole, or none. Rejects with
 * `InvalidInput` for a path that cannot be read or written, or for what is wrong in the file.
 */
export async function buildWorldFile(
  path: string,
  out: string | undefined,
  whileCompiling: WhileCompiling,
): Promise<BuiltWorld> {
  refuse(buildMistakes(path, out));
  const { path: cached, module } = await cachedWorld(readWorldFile("FILE", path), path, whileCompiling);
  const { program } = (await import(pathToFileURL(cached).href)) as { readonly program: CompiledProgram };
  const { name, sourceSha256 } = program;
  // From the entrance without the compiler, which bundlers cannot put into a page.
  const head = `${MARK} from ${JSON.stringify(basename(path))}, SHA-256 ${sourceSha256}: change that file, and build it again.\n`;
  const places = placesOf(path, out ?? dirname(path));
  const contents = [
    { path: places.wasm, bytes: Buffer.from(program.kernel as string, "hex") },
    {
      path: places.module,
      bytes: Buffer.from(
        `${head}import { compiledWorld } from "slatesim";\n${module}export const world = compiledWorld(program);\n`,
      ),
    },
    { path: places.types, bytes: Buffer.from(`${head}${declarationText(program)}`) },
  ];
  makeFolder(out ?? dirname(path));
  writeTogether(contents);
  return { name, sourceSha256, files: contents.map((each) => ({ path: each.path, bytes: each.bytes.length })) };
}

/** The endings say that it is an ES module, whatever the `package.json` above it says. */
function placesOf(path: string, out: string) {
  const stem = join(out, basename(path, ".world.ts"));
  return { wasm: `${stem}.wasm`, module: `${stem}.mjs`, types: `${stem}.d.mts` };
}

/** Text of others is not replaced; a kernel has no place for a mark, so the module beside it stands for both. */
function otherMistake(place: string): string | undefined {
  const found = place.endsWith(".wasm") ? undefined : readWhole("out", place);
  if (found === undefined || Buffer.from(found.subarray(0, MARK.length)).toString() === MARK) return undefined;
  return expectedMistake("out", "no file that slatesim did not write", place);
}

/** No file is renamed before all have been written. */
function writeTogether(contents: readonly { readonly path: string; readonly bytes: Uint8Array }[]): void {
  const files: WholeFile[] = [];
  try {
    for (const { path, bytes } of contents) {
      const file = new WholeFile(path);
      files.push(file);
      file.append(bytes);
    }
    for (const file of files) file.finish();
  } catch (error) {
    for (const file of files) file.abandon();
    throw error;
  }
}
