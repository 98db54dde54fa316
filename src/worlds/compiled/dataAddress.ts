/** Returns the text of a module as a data URL, from which threads import it, too. */
export function dataAddress(module: string): string {
  return `data:text/javascript;charset=utf-8,${encodeURIComponent(module)}`;
}
