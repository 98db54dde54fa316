/**
 * What a terminal would obey or hide instead of showing it: controls (C0, DEL, C1), formats (the bidirectional ones, invisible
 * ones, tags), the separators of lines and paragraphs, and halves of surrogate pairs.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
const SHORT: Readonly<Record<string, string>> = { "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r" };

/** Somebody else's text on one line, safe to print: `\n`, `\u001b` and the like as JSON has them, all else as it is. */
export function escapeControls(text: string): string {
  return text.replace(UNSEEN, escapeCharacter);
}

/** The same for a text whose line breaks are our own. */
export function escapeInLines(text: string): string {
  return text.replace(UNSEEN, (character) => (character === "\n" ? character : escapeCharacter(character)));
}

function escapeCharacter(character: string): string {
  if (Object.hasOwn(SHORT, character)) return SHORT[character]!;
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("");
}
