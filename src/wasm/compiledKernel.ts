/** A WebAssembly kernel, compiled once on first use; `Exports` is what its instances export. */
export class CompiledKernel<Exports> {
  private readonly loadHex: () => Promise<string>;
  private compiled: Promise<WebAssembly.Module> | undefined;

  /** `loadHex` loads the compiler's output, two digits a byte, when it is needed. */
  constructor(loadHex: () => Promise<string>) {
    this.loadHex = loadHex;
  }

  compile(): Promise<WebAssembly.Module> {
    this.compiled ??= this.loadHex().then((hex) => WebAssembly.compile(bytesOf(hex)));
    return this.compiled;
  }

  /** Uses a module that another thread compiled. */
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
