import { watchCode, whenNothingIsLeft } from "#codeWatch";
import { addressText } from "../check/addressText.js";
import { isInvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import { reasonOf } from "../check/reasonOf.js";
import { reading } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { showValue } from "../check/showValue.js";
import { recordOrigin, strays, type ModuleKind } from "./origins.js";

/** A data URL that is no JavaScript, as Vite makes one of a TypeScript file that is named by `new URL(…, import.meta.url)`. */
const OTHER_DATA = /^data:(?!(text|application)\/(x-)?(java|ecma)script[;,])/i;
const NO_DATA =
  "JavaScript (a bundler leaves TypeScript as data: make the module an entry of its own, and give its address)";

/** What is expected of an export. */
export interface ExpectedExport {
  readonly kind: ModuleKind;
  /** What an export must be, as in "a policy". */
  readonly noun: string;
  /** The same at length. */
  readonly rule: string;
  /** Returns what an export stands for. Default: itself. */
  made?(exported: unknown): unknown;
  isLegal(value: unknown): boolean;
}

/**
 * Loads the module at an absolute address, reads its export of that name, and records where it comes from. A module that fails, ends the
 * process or never ends while it is loaded is refused. Rejects with `InvalidInput`.
 */
export async function importExport(expected: ExpectedExport, url: string | URL, name: string): Promise<object> {
  const address = addressOf(url);
  refuse([
    address === undefined ? expectedMistake("url", "an absolute address, as a text or a URL", url) : undefined,
    typeof name === "string" ? undefined : expectedMistake("name", "the name of an export", name),
  ]);
  const { kind, noun, rule, made = (exported) => exported } = expected;
  refuse([OTHER_DATA.test(address!) ? expectedMistake(`${kind} module`, NO_DATA, address) : undefined]);
  const value = await watched(`${kind} module`, address!, async () => made((await importOrGiveUp(address!))[name]));
  const legal = reading(address!, `"${name}" to be ${noun} that can be read`, value, () => expected.isLegal(value));
  if (!legal) refuse([expectedMistake(address!, `"${name}" to be ${rule}`, value)]);
  recordOrigin(kind, value as object, { url: address!, name });
  return value as object;
}

/** Returns an absolute address; undefined for anything else. */
function addressOf(url: unknown): string | undefined {
  const text = addressText(url);
  return text !== undefined && URL.canParse(text) ? text : undefined;
}

/** Returns what `load` resolves to. Rejects with `InvalidInput` if the module's code fails meanwhile, inside or outside of the call. */
async function watched<Loaded>(field: string, url: string, load: () => Promise<Loaded>): Promise<Loaded> {
  const watch = watchCode((failure) => strays.set(url, failure), true);
  try {
    const loaded = await watch.call(`${field} ${showValue(url)}`, load);
    await watch.flush();
    if (strays.has(url)) throw strays.get(url)!;
    return loaded;
  } catch (error) {
    const reason = strays.get(url)?.cause ?? error; // an error meanwhile is why the module does not load
    strays.delete(url);
    const mistake = expectedMistake(field, "a module that can be loaded", url);
    refuse(reasonsOf(reason, url).map((each) => `${mistake}: ${each}`));
    throw error;
  } finally {
    watch.end();
  }
}

/** Returns why a module does not load: every error of a world that its code defines. */
function reasonsOf(reason: unknown, url: string): readonly string[] {
  if (isInvalidInput(reason)) return reason.errors;
  const unknownType = (reason as { readonly code?: unknown } | null)?.code === "ERR_UNKNOWN_FILE_EXTENSION";
  const isTypeScript = unknownType && /\.[cm]?ts$/.test(new URL(url).pathname);
  return [isTypeScript ? "Node loads TypeScript from version 22.18 on" : reasonOf(reason)];
}

/** Imports a module; rejects if it waits for an event that cannot occur. */
function importOrGiveUp(url: string): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const stop = whenNothingIsLeft(() => reject(new Error("it waits for what never comes")));
    import(/* @vite-ignore */ /* webpackIgnore: true */ url).then(resolve, reject).finally(stop);
  });
}
