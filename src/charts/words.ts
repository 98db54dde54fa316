import { escapeControls } from "../check/escapeControls.js";

/** Pixels of a character of average width. */
export const CHARACTER = 7;

/** Returns `finalSatisfaction` as "final satisfaction". */
export function wordsOf(name: string): string {
  return escapeControls(name).replace(/(?<=[a-z0-9])[A-Z](?=[a-z])/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Returns a foreign name that has at most `most` characters. */
export function shortened(name: string, most: number): string {
  const characters = [...escapeControls(name)];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : characters.join("");
}

/** Returns the first few sentences, and how many there are besides. */
export function fewOf(sentences: readonly string[], most = 8): string {
  const more = sentences.length - most;
  return [...sentences.slice(0, most), ...(more > 0 ? [`And ${more} more.`] : [])].join(" ");
}
