import { escapeControls } from "../check/escapeControls.js";
import { reasonOf } from "../check/reasonOf.js";
import { drawFigure } from "../charts/drawFigure.js";
import type { NamedFigure } from "../charts/chartKinds.js";
import { figuresOf } from "../charts/figuresOf.js";
import { loadPlot, type Drawing } from "../charts/plotLibrary.js";
import { readResult } from "../charts/readResult.js";
import { escapeMarkup } from "../charts/svgText.js";
import type { MimeBundle } from "../display/displayed.js";
import { headlineOf } from "../htmlReport/headline.js";
import { tableMarkup } from "../htmlReport/markup.js";
import { table } from "../report/table.js";

/**
 * Shows a result in a notebook: its main numbers with their intervals, and its most telling chart. Without the packages that charts need
 * there is text alone, which names them. Rejects with `InvalidInput` for anything but a result.
 */
export async function showResult(result: object): Promise<MimeBundle> {
  const read = readResult("result", result);
  const { title, sentences, table: numbers } = headlineOf(read);
  const [figure] = figuresOf(read);
  const lines = [
    ...[title, ...sentences].map((line) => escapeControls(line)),
    table([numbers.titles, ...numbers.rows]),
  ];
  try {
    const chart = figure === undefined ? [] : [chartMarkup(figure, await loadPlot())];
    const words = [`<strong>${escapeMarkup(title)}</strong>`, ...sentences.map(escapeMarkup)];
    const html = [...words.map((text) => `<p>${text}</p>`), tableMarkup(numbers, title), ...chart];
    return { "text/plain": lines.join("\n\n"), "text/html": html.join("\n") };
  } catch (error) {
    return { "text/plain": [...lines, reasonOf(error)].join("\n\n") };
  }
}

/** As a picture the drawing has colours and names of its own, beside others in the same notebook. */
function chartMarkup({ figure }: NamedFigure, drawing: Drawing): string {
  const svg = drawFigure(figure, drawing, { alone: true, id: "chart" });
  const text = `${figure.title}. ${figure.description}`;
  return `<img alt="${escapeMarkup(text)}" src="data:image/svg+xml,${encodeURIComponent(svg)}">`;
}
