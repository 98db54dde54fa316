// All that the library asks of a host beside ES2023: docs/hosts.md lists the same names. The compiler refuses any other (tsconfig.json).

declare const console: { warn(text: string): void };
declare const performance: { now(): number };
declare function setTimeout(callback: () => void, milliseconds?: number): unknown;
declare function structuredClone<T>(value: T): T;

declare class TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

declare class AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void, options?: { once: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

declare class AbortController {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
}

declare class URL {
  static canParse(url: string, base?: string): boolean;
  constructor(url: string, base?: string);
  readonly href: string;
  readonly pathname: string;
}

interface ImportMeta {
  readonly url: string;
}

declare namespace WebAssembly {
  class Module {
    private readonly brand: never;
    static customSections(module: Module, name: string): ArrayBuffer[];
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  function compile(bytes: Uint8Array<ArrayBuffer>): Promise<Module>;
  function instantiate(module: Module): Promise<{ readonly exports: object }>;
}

// For threads in a page.

interface MessageEvent<T = unknown> {
  readonly data: T;
}

interface MessagePort {
  addEventListener(type: "message", listener: () => void): void;
  start(): void;
  close(): void;
  postMessage(message: unknown): void;
}

declare class MessageChannel {
  readonly port1: MessagePort;
  readonly port2: MessagePort;
}

declare function clearTimeout(timer: unknown): void;
declare const location: { readonly href: string };

declare class Worker {
  constructor(url: URL | string, options: { type: "module" });
  addEventListener<T>(type: "message", listener: (event: MessageEvent<T>) => void): void;
  addEventListener(type: "messageerror", listener: () => void): void;
  addEventListener(type: "error", listener: (event: { readonly message: string }) => void): void;
  postMessage(message: unknown, transferred: []): void;
  terminate(): void;
}

declare const navigator: {
  readonly hardwareConcurrency: number;
  readonly locks: {
    request(name: string, callback: () => unknown): Promise<unknown>;
    request(name: string, options: { signal: AbortSignal }, callback: () => unknown): Promise<unknown>;
  };
};
declare const crypto: { randomUUID(): string };

declare function addEventListener<T>(type: "message", listener: (event: MessageEvent<T>) => void): void;
declare function postMessage(message: unknown): void;
