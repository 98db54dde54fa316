import { WIDTH, type Figure } from "./figure.js";
import { colourVariables, strokeOf } from "./palette.js";
import type { Drawing } from "./plotLibrary.js";
import { contentText, escapeMarkup } from "./svgText.js";
import { CHARACTER, shortened } from "./words.js";

const ROW = 20;
const SAMPLE = 24;
const GAP = 14;
const MAX_NAME = 50;
const TITLE_SIZE = 28;

/** How a figure becomes a drawing. */
export interface DrawOptions {
  /** Whether the drawing is a file by itself, with its title and its own colours, and not a part of a page that has both. */
  readonly alone: boolean;
  /** What the names of its parts begin with: different ones for all drawings of a page. */
  readonly id: string;
}

/** Draws a figure as SVG text. */
export function drawFigure(figure: Figure, { plot, document }: Drawing, { alone, id }: DrawOptions): string {
  const options = { ...figure.options(plot), document, width: WIDTH, height: figure.height };
  const drawn = plot.plot(options) as SVGSVGElement;
  const top = alone ? TITLE_SIZE : 0;
  const legend = legendText(figure.legend, top + figure.height + 4);
  const height = top + figure.height + legend.height;
  const heading = `<text x="12" y="19" font-weight="600" text-anchor="start">${escapeMarkup(figure.title)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-description">`,
    `<title id="${id}-title">${escapeMarkup(figure.title)}</title>`,
    `<desc id="${id}-description">${escapeMarkup(figure.description)}</desc>`,
    ...(alone ? [`<style>${colourVariables("svg")}\ntext { white-space: pre }</style>`] : []),
    ...(alone ? [`<rect width="${WIDTH}" height="${height}" fill="var(--background)"/>`] : []),
    `<g color="var(--text)" fill="var(--text)" font-family="system-ui, sans-serif" font-size="12" text-anchor="middle">`,
    ...(alone ? [heading] : []),
    `<g transform="translate(0,${top})">${contentText(drawn)}</g>`,
    ...legend.parts,
    "</g></svg>",
  ].join("\n");
}

/** Returns the names beside samples of their lines, in as many rows as they need. */
function legendText(names: readonly string[], top: number): { readonly parts: string[]; readonly height: number } {
  const parts: string[] = [];
  let [x, row] = [GAP, 0];
  for (const [place, name] of names.entries()) {
    const text = shortened(name, MAX_NAME);
    const width = SAMPLE + 6 + [...text].length * CHARACTER;
    if (x > GAP && x + width > WIDTH) [x, row] = [GAP, row + 1];
    const y = top + row * ROW + ROW / 2;
    const { stroke, strokeDasharray } = strokeOf(place);
    parts.push(
      `<path d="M${x},${y}h${SAMPLE}" stroke="${stroke}" stroke-dasharray="${strokeDasharray}" stroke-width="3"/>`,
      `<text x="${x + SAMPLE + 6}" y="${y}" dy="0.32em" text-anchor="start">${escapeMarkup(text)}</text>`,
    );
    x += width + GAP;
  }
  return { parts, height: names.length === 0 ? 0 : (row + 1) * ROW + 8 };
}
