/** Public functions by name, each as what it does with one argument. */
export type Calls = Readonly<Record<string, (hostile: never) => unknown>>;

export type AnyKind = new (...given: unknown[]) => unknown;

export const argumentsOf = (names: readonly string[], call: (given: never) => unknown): Calls =>
  Object.fromEntries(names.map((name) => [name, (hostile) => call({ [name]: hostile } as never)]));

export const under = (kind: string, calls: Calls): Calls =>
  Object.fromEntries(Object.entries(calls).map(([name, call]) => [`${kind} ${name}`, call]));
