import type { FigureTable } from "../charts/figure.js";
import { escapeMarkup } from "../charts/svgText.js";

/** Returns a table; the first of each row is its heading. One that is too wide scrolls by itself, also by keyboard. */
export function tableMarkup({ titles, rows }: FigureTable, label: string, style = "table"): string {
  const head = titles.map((title) => `<th scope="col">${escapeMarkup(title)}</th>`).join("");
  const body = rows.map(([name = "", ...cells]) => {
    return `<tr><th scope="row">${escapeMarkup(name)}</th>${cells.map((cell) => `<td>${escapeMarkup(cell)}</td>`).join("")}</tr>`;
  });
  const table = [`<table><thead><tr>${head}</tr></thead>`, "<tbody>", ...body, "</tbody></table>"].join("\n");
  return `<div class="${style}" role="group" aria-label="${escapeMarkup(label)}" tabindex="0">${table}</div>`;
}

/** Returns a part of the page below its heading. */
export function sectionMarkup(title: string, content: readonly string[], style?: string): string {
  const opening = style === undefined ? "<section>" : `<section class="${style}">`;
  return [opening, `<h2>${escapeMarkup(title)}</h2>`, ...content, "</section>"].join("\n");
}
