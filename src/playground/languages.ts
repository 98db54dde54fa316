import { english } from "./english.js";
import { spanish } from "./spanish.js";

/** What the page says, by language. */
export const LANGUAGES = { en: english, es: spanish } as const;
export type Language = keyof typeof LANGUAGES;

/** Returns the first of the reader's languages that the page speaks. */
export function languageOf(preferred: readonly string[]): Language {
  const known = preferred.map((tag) => tag.slice(0, 2).toLowerCase()).find((tag) => Object.hasOwn(LANGUAGES, tag));
  return (known as Language | undefined) ?? "en";
}
