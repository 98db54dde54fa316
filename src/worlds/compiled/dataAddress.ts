/** Returns the text of a module as a data URL, from which threads import it, too. */
export function dataAddress(module: string): string {
  const bytes = new TextEncoder().encode(module);
  const characters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return `data:text/javascript;base64,${btoa(characters)}`;
}
