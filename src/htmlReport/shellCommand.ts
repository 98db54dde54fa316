/** Returns words as the command of a shell; those in which a character has a meaning there are quoted. */
export function shellCommand(words: readonly string[]): string {
  return words.map(quoted).join(" ");
}

/** A # begins a comment at the beginning of a word alone, as between a module and its export it is none. */
function quoted(word: string): string {
  return /^(?!#)[\w./=:,+%#@-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
