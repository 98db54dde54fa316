/** Returns at most `most` items of a list: the first one, and others evenly spaced. */
export function evenly<T>(items: readonly T[], most: number): T[] {
  const count = Math.min(items.length, most);
  return Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!);
}
