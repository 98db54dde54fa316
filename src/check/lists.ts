/** Returns whether the value is a list; typed arrays are lists of numbers, too. Throws nothing, not even for proxies that do. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** `Array.isArray`, which throws for a revoked proxy. */
export function isArray(value: unknown): value is readonly unknown[] {
  try {
    return Array.isArray(value);
  } catch {
    return false;
  }
}
