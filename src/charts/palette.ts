/**
 * Colours of lines on a light and a dark background. Those on the dark one are Okabe and Ito's (Color Universal Design, 2008), which
 * colour-blind readers can tell apart; on the light one each is darkened until its contrast to white is at least 3:1.
 */
export const LINES: readonly { readonly light: string; readonly dark: string }[] = [
  { light: "#0072b2", dark: "#56b4e9" },
  { light: "#d55e00", dark: "#e69f00" },
  { light: "#008060", dark: "#20b98f" },
  { light: "#a8507f", dark: "#cc79a7" },
  { light: "#5c5c5c", dark: "#d8d8d8" },
  { light: "#8a6d00", dark: "#f0e442" },
];

/** Background, text, and quiet lines. */
export const SURFACES = {
  background: { light: "#ffffff", dark: "#16181d" },
  text: { light: "#1b1d22", dark: "#eceef2" },
  quiet: { light: "#6a6f7a", dark: "#9aa1ad" },
} as const;

/** Dashes of the first, second and third use of the colours. */
const DASHES = ["none", "6 3", "2 3"];

/** Returns colour and dashes of the line at a place of the legend. */
export function strokeOf(place: number): { readonly stroke: string; readonly strokeDasharray: string } {
  const dashes = DASHES[Math.floor(place / LINES.length) % DASHES.length]!;
  return { stroke: `var(--line-${place % LINES.length})`, strokeDasharray: dashes };
}

/** The colours as CSS variables of `selector`, by the reader's preference. */
export function colourVariables(selector: string): string {
  const rule = (scheme: "light" | "dark"): string => {
    const lines = LINES.map((line, place) => `--line-${place}: ${line[scheme]}`);
    const surfaces = Object.entries(SURFACES).map(([name, colours]) => `--${name}: ${colours[scheme]}`);
    return `${selector} { ${[...surfaces, ...lines].join("; ")} }`;
  };
  return `${rule("light")}\n@media screen and (prefers-color-scheme: dark) { ${rule("dark")} }`;
}

/** Returns a drawing with the light colours in the place of variables, for converters that do not know these. */
export function inLightColours(svg: string): string {
  const colours: Record<string, string> = Object.fromEntries([
    ...LINES.map((line, place) => [`line-${place}`, line.light] as const),
    ...Object.entries(SURFACES).map(([name, { light }]) => [name, light] as const),
  ]);
  return svg.replace(/var\(--([\w-]+)\)/g, (text, name: string) => colours[name] ?? text);
}
