import { escapeControls } from "../check/escapeControls.js";
import { reasonOf } from "../check/reasonOf.js";
import { isLittleEndian } from "../numeric/bits.js";

/** A WebAssembly kernel, compiled once on first use; `Exports` is what its instances export. */
export class CompiledKernel<Exports> {
  private readonly loadHex: () => Promise<string>;
  private compiled: Promise<WebAssembly.Module> | undefined;

  /** `loadHex` loads the compiler's output, two digits a byte, when it is needed. */
  constructor(loadHex: () => Promise<string>) {
    this.loadHex = loadHex;
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
    this.compiled ??= this.loadHex().then((hex) => WebAssembly.compile(bytesOf(hex)));
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

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, place) => parseInt(hex.slice(2 * place, 2 * place + 2), 16));
}
