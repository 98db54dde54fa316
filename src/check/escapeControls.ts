/**
 * Characters that a terminal would interpret or hide: controls (C0, DEL, C1), formats (bidirectional, invisible, tags), separators of
 * lines and paragraphs, and halves of surrogate pairs.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const SHORT: Readonly<Record<string, string>> = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r" };

/** Returns untrusted text on one line, safe to print: `\n`, `\u001b` and the like as in JSON, all else unchanged. */
export function escapeControls(text: string): string {
  return text.replace(UNSEEN, escapeCharacter);
}

/** Returns text that is safe to print, with its line breaks, which are slatesim's. */
export function escapeInLines(text: string): string {
  return text.replace(UNSEEN, (character) => (character === "\n" ? character : escapeCharacter(character)));
}

function escapeCharacter(character: string): string {
  if (Object.hasOwn(SHORT, character)) return SHORT[character]!;
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
