/** Plain data, as in snapshots. Numbers may be any double, -0 and the non-finite ones included. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** Returns false for a list, a typed array, a Map, a promise or an instance of a class: JSON would keep their fields at best. */
export function isPlainRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) return false;
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === Object.prototype || prototype === null;
  } catch {
    return false; // a proxy that throws
  }
}
