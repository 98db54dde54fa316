/** Returns an address as text; undefined for what is neither a text nor a URL, also for what only has the prototype of a URL. */
export function addressText(address: unknown): string | undefined {
  try {
    if (typeof address === "string") return address;
    return address instanceof URL ? address.href : undefined;
  } catch {
    return undefined;
  }
}
