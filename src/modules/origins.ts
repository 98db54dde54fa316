/** What a module can export for this package. */
export type ModuleKind = "policy" | "world" | "agent";

/** Module and export from which a worker loads a value, too. */
export interface ModuleOrigin {
  readonly url: string;
  /** Name of the module's export. */
  readonly name: string;
}

const origins = new WeakMap<object, ModuleOrigin & { readonly kind: ModuleKind }>();

/** Errors of a module after it was loaded, outside of any call, by its address. */
export const strays = new Map<string, Error>();

export function recordOrigin(kind: ModuleKind, value: object, { url, name }: ModuleOrigin): void {
  origins.set(value, { kind, url, name });
}

const sources = new WeakMap<object, ModuleOrigin>();

/** Records that the module of an imported value was compiled of another file. */
export function recordSource(value: object, source: ModuleOrigin): void {
  sources.set(value, source);
}

/** Returns what a person would name to get that value: the file that its module was compiled of, or the module. */
export function sourceOf(kind: ModuleKind, value: object): ModuleOrigin | undefined {
  const origin = originOf(kind, value);
  return origin && (sources.get(value) ?? origin);
}

/** Returns the origin of what was imported as that kind: a policy made of an imported agent has one as an agent. */
export function originOf(kind: ModuleKind, value: object): ModuleOrigin | undefined {
  const origin = origins.get(value);
  return origin?.kind === kind ? { url: origin.url, name: origin.name } : undefined;
}

/** Records that a value has the origin of another one, and the file that its module was compiled of. */
export function shareOrigin(value: object, from: object): void {
  const [origin, source] = [origins.get(from), sources.get(from)];
  if (origin !== undefined) origins.set(value, origin);
  if (source !== undefined) sources.set(value, source);
}

/** Returns the error of the value's module since it was loaded; once only. */
export function takeStray(value: object): Error | undefined {
  const url = origins.get(value)?.url;
  if (url === undefined) return undefined;
  const stray = strays.get(url);
  strays.delete(url);
  return stray;
}
