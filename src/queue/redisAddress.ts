import { expectedMistake } from "../check/mistakes.js";
import { showValue } from "../check/showValue.js";

const PROTOCOLS = new Set(["redis:", "rediss:"]);
const RULE = "an address such as redis://127.0.0.1:6379, or rediss://… for TLS";

/** Returns an address without user, password and options: the only form in which it is printed or written. */
export function maskedAddress(address: string): string {
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname === "/" ? "" : pathname}`;
}

/** Returns the error of an address of Redis. A text that may hold a password is not shown. */
export function addressMistake(field: string, address: unknown): string | undefined {
  if (typeof address === "string" && isAddress(address)) return undefined;
  const secret = typeof address === "string" && /[@?]/.test(address);
  return expectedMistake(field, RULE, secret ? "a text that may hold a password" : address);
}

function isAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, host, pathname } = new URL(text);
  return PROTOCOLS.has(protocol) && host !== "" && /^(\/\d*)?$/.test(pathname);
}

/** Returns a text of Redis or of its client without user and password, should they be in it. */
export function withoutCredentials(text: string, address: string): string {
  const { username, password, search } = new URL(address);
  const secrets = [address, username, password, search].flatMap((part) => [part, decoded(part)]);
  return secrets.reduce((masked, secret) => (secret === "" ? masked : masked.replaceAll(secret, "***")), text);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Returns the advice for an address at which nothing answers. */
export function unreachable(address: string, reason: string): string {
  const start = "redis-server --appendonly yes --maxmemory-policy noeviction";
  return `Redis at ${showValue(maskedAddress(address))} cannot be used: ${withoutCredentials(reason, address)} (to start one: ${start})`;
}
