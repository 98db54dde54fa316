import { policies } from "../../src/index.js";

function deep(): unknown {
  let value: unknown = [];
  for (let level = 0; level < 20_000; level++) value = level % 2 === 0 ? { value } : [value];
  return value;
}

export function cyclic(): unknown {
  const value: Record<string, unknown> = {};
  value["self"] = value;
  return value;
}

function fail(): never {
  throw Object.create(null);
}

export function throwing(): object {
  return new Proxy({}, { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail, getOwnPropertyDescriptor: fail });
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable([], {});
  revoke();
  return proxy;
}

export function emptyRecord(): object {
  return Object.create(null) as object;
}

/** What nothing of the package takes anywhere; only a run without metrics has `emptyRecord`. */
export const hostile: readonly (() => unknown)[] = [
  () => 5n,
  () => Symbol("five"),
  emptyRecord,
  () => cyclic(),
  () => deep(),
  () => throwing(),
  () => revoked(),
  () => ({ toString: () => 5, toJSON: () => 5n }),
  () => Object.create(AbortSignal.prototype),
  () => Object.create(URL.prototype),
  () => ({ aborted: false, reason: undefined, throwIfAborted() {}, addEventListener() {}, removeEventListener() {} }),
  () => Array(100_000).fill(policies.first()),
  () => new Float64Array(1000),
  () => NaN,
  () => ({ name: 5n, rule: "first" }),
  () => ({ name: Symbol("n"), fillSlates() {} }),
  () => Object.defineProperty({}, "name", { enumerable: true, get: () => new Error("n") }),
  () => "\u0000\u202e",
];

/** An object whose fields can be read once each; a second time they are something else. */
export function once<Given extends object>(given: Given): Given {
  const read = new Set<string | symbol>();
  return new Proxy(given, {
    get(target, name) {
      const again = read.has(name);
      read.add(name);
      return again && typeof name === "string" && name !== "length" ? 5n : Reflect.get(target, name);
    },
  });
}
