import { StatementEmitter } from "./emitStatements.js";
import type { WorldFunction } from "./program.js";
import { heedsMask, isParameters } from "./functionTraits.js";
import type { FunctionVersion, Versions } from "./versions.js";

/**
 * Writes functions as AssemblyScript, for two users at a time. Values are vectors of both users': f64x2, i32 in the lower halves of 64 bits,
 * truth values as masks; what is the same for both is a scalar. A record is the address of its first value, and the others lie a row apart; a
 * vector is an address and a length. Where the users' records do not lie next to each other, there are two addresses.
 */
export class FunctionEmitter implements Versions {
  private readonly texts = new Map<string, string>();
  private made = 0;
  private readonly names = new Map<WorldFunction, Map<string, string>>();

  /** All functions so far, each after those that it calls. */
  text(): string {
    return [...this.texts.values()].join("\n");
  }

  /** Returns a call of a version, with the texts of its arguments; one that is "" is left out. `mask`: for whom, undefined for both. */
  call(version: Omit<FunctionVersion, "isMasked">, args: readonly string[], mask: string | undefined): string {
    const isMasked = mask !== undefined && heedsMask(version.made);
    const listed = [...args.filter((text) => text !== ""), ...(isMasked ? [mask] : [])];
    return `${this.name({ ...version, isMasked })}(${listed.join(", ")})`;
  }

  /** Returns the name of a version of a function; writes it if it is new. */
  private name(version: FunctionVersion): string {
    const { made } = version;
    const names = this.names.get(made) ?? new Map<string, string>();
    this.names.set(made, names);
    const key = signature(version);
    const known = names.get(key);
    if (known !== undefined) return known;
    const name = `f${++this.made}_${made.name}`;
    names.set(key, name);
    const body = new StatementEmitter(version, this).text();
    const returns = made.returns === "void" ? "void" : "v128";
    const head = `function ${name}(${parameters(version).join(", ")}): ${returns}`;
    this.texts.set(name, `// @ts-ignore: decorator\n@inline\n${head} {\n${body}}\n`);
    return name;
  }
}

function signature({ made, mode, uniform, apart, isMasked }: FunctionVersion): string {
  const letters = made.parameters.map(({ name }) => (uniform.has(name) ? "u" : apart.has(name) ? "a" : "-"));
  return `${letters.join("")} ${mode} ${isMasked}`;
}

function parameters({ made, uniform, apart, isMasked }: FunctionVersion): string[] {
  const listed = made.parameters.flatMap(({ name, type }): string[] => {
    if (type === "f64" || type === "i32" || type === "bool") return [`${name}_: ${uniform.has(name) ? type : "v128"}`];
    if (isParameters(made, { kind: "argument", name })) return [];
    const addresses = [`${name}_: usize`, ...(apart.has(name) ? [`${name}_b: usize`] : [])];
    return type === "vector" ? [...addresses, `${name}_n: i32`] : addresses;
  });
  return isMasked ? [...listed, "on: v128"] : listed;
}
