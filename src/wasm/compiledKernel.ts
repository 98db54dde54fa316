import { escapeControls } from "../check/escapeControls.js";
import { reasonOf } from "../check/reasonOf.js";
import { isLittleEndian } from "../numeric/bits.js";

/** A WebAssembly kernel, compiled once on first use; `Exports` is what its instances export. */
export class CompiledKernel<Exports> {
  private readonly loadBase64: () => Promise<string>;
  private compiled: Promise<WebAssembly.Module> | undefined;

  /** `loadBase64` loads the compiler's output when it is needed. */
  constructor(loadBase64: () => Promise<string>) {
    this.loadBase64 = loadBase64;
  }

  /** What keeps this host from running the kernel, as the end of a sentence about the host; undefined if nothing does. */
  async obstacle(): Promise<string | undefined> {
    if (!isLittleEndian()) return "is big-endian, and WebAssembly's memory is not";
    if (typeof WebAssembly === "undefined") return "has no WebAssembly";
    try {
      await this.compile();
      return undefined;
    } catch (error) {
      return `does not compile the kernel (${escapeControls(reasonOf(error))})`;
    }
  }

  compile(): Promise<WebAssembly.Module> {
    this.compiled ??= this.loadBase64().then((base64) => WebAssembly.compile(bytesOf(base64)));
    return this.compiled;
  }

  /** Uses a module that another thread or the host compiled. */
  use(module: WebAssembly.Module): void {
    this.compiled = Promise.resolve(module);
  }

  /** Returns an instance with a separate memory. */
  async instantiate(): Promise<Exports> {
    const instance = await WebAssembly.instantiate(await this.compile());
    return instance.exports as unknown as Exports;
  }
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
