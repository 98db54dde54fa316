const warnings = new Set<string>();

/** Writes a warning to the console, the first time only. */
export function warnOnce(warning: string): void {
  if (warnings.has(warning)) return;
  warnings.add(warning);
  console.warn(warning); // oxlint-disable-line no-console -- the one way to warn that every host has
}
