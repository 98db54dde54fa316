import { programText } from "../../compiler/programText.js";
import type { CompiledProgram } from "./compiledProgram.js";
import { dataAddress } from "./dataAddress.js";

/** Each program is written once, for all worlds made of it. */
const addresses = new WeakMap<CompiledProgram, Promise<string | undefined>>();

/**
 * Returns the address of a module, as data, from which a thread imports a program as "program"; undefined where it cannot: where the
 * functions use what a tool has put beside them, or where a page's Content-Security-Policy has no `data:` in `script-src`. `use` makes a
 * world of a program, or throws.
 */
export function programAddress(
  program: CompiledProgram,
  use: (program: CompiledProgram) => unknown,
): Promise<string | undefined> {
  const known = addresses.get(program);
  if (known !== undefined) return known;
  const made = importableAddress(program, use);
  addresses.set(program, made);
  return made;
}

async function importableAddress(
  { functions, kernel, ...data }: CompiledProgram,
  use: (program: CompiledProgram) => unknown,
): Promise<string | undefined> {
  if (typeof kernel !== "string") return undefined;
  const address = dataAddress(programText(data, String(functions), kernel));
  try {
    const { program } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ address)) as Exported;
    use(program);
    return address;
  } catch {
    return undefined;
  }
}

interface Exported {
  readonly program: CompiledProgram;
}
