/** Values that ask too much of whoever does not look first, each made anew. */
export const hostileValues: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  "a big integer": () => 1n,
  "a symbol": () => Symbol("s"),
  "a function": () => () => {},
  NaN: () => NaN,
  "a huge number": () => 2 ** 31,
  "a text": () => "\u202e\n",
  "an object without a prototype": () => Object.create(null),
  "a cycle": () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    return cycle;
  },
  "a cyclic list": () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    return cycle;
  },
  "a deep object": () => nested((inner) => ({ inner })),
  "a deep list": () => nested((inner) => [inner]),
  "an endless sparse list": () => Object.assign([], { length: 2 ** 32 - 1 }),
  "a list of big integers": () => [1n, Symbol("s"), null, undefined],
  "big integers in a typed array": () => BigInt64Array.of(1n, 2n),
  "a Map": () => new Map([[1, 2]]),
  "a promise": () => Promise.resolve(1),
  "a proxy that throws": () => new Proxy({}, throwing()),
  "a list that throws": () => new Proxy([], throwing()),
  "a revoked proxy": () => revoked({}),
  "a revoked list": () => revoked([]),
  "an object whose toString throws": () => ({
    toString: boom,
    valueOf: boom,
    toJSON: boom,
    [Symbol.toPrimitive]: boom,
  }),
  "an object whose getters throw": () => ({
    get seed() {
      return boom();
    },
    get low() {
      return boom();
    },
  }),
};

/** An object or list of 20,000 levels. */
function nested(around: (inner: unknown) => unknown): unknown {
  let value: unknown = null;
  for (let level = 0; level < 20_000; level++) value = around(value);
  return value;
}

function throwing(): ProxyHandler<object> {
  const names = ["get", "has", "ownKeys", "getPrototypeOf", "getOwnPropertyDescriptor", "set", "apply"] as const;
  return Object.fromEntries(names.map((name) => [name, boom]));
}

function revoked(target: object): unknown {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function boom(): never {
  throw new TypeError("boom");
}
