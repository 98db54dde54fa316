/** What may hold any character, and the beginning of a comparison. */
const COMPARISON = /"[^"\n]*"|'[^'\n]*'|\/\/.*|\/\*[\s\S]*?\*\/|<(?=[\s(])/g;

/**
 * Returns a world file as AssemblyScript's parser can read it; every character stays where it is. The parser does not know the word `type`
 * in imports: blanks take its place. And it takes the `<` of `x < (y ? 1 : 2)` for the beginning of type arguments, so `>` does, which binds
 * as strongly: `isLess` tells them apart.
 */
export function parserText(text: string): string {
  const imported = text.replace(/^[ \t]*import\b[^;'"]*/gm, (names) => names.replace(/\btype(?=\s+[{\w])/g, "    "));
  return imported.replace(COMPARISON, (found) => (found === "<" ? ">" : found));
}

/** Whether the comparison between two operands, of which one ends and the other starts at these characters, is `<` in the file. */
export function isLess(text: string, leftEnd: number, rightStart: number): boolean {
  return text.slice(leftEnd, rightStart).includes("<");
}
