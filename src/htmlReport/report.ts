import type { Reportable } from "../charts/chart.js";
import type { NamedFigure } from "../charts/chartKinds.js";
import { drawFigure } from "../charts/drawFigure.js";
import { figuresOf } from "../charts/figuresOf.js";
import { loadPlot, type Drawing } from "../charts/plotLibrary.js";
import { readResult } from "../charts/readResult.js";
import { escapeMarkup } from "../charts/svgText.js";
import { textOptionsOnce } from "../charts/textOptions.js";
import { experimentText, factsOf } from "./facts.js";
import { headlineOf } from "./headline.js";
import { sectionMarkup, tableMarkup } from "./markup.js";
import { STYLE } from "./style.js";

/** Options of `report`. */
export interface ReportOptions {
  /** Name of the policy that others are compared with. Default: the first. */
  readonly baseline?: string;
  /** The command that makes this report again; it is shown as it is. Default: none. */
  readonly command?: string;
  /** Heading of the report. Default: the world and what was simulated in it. */
  readonly title?: string;
}

const OPTIONS: readonly (keyof ReportOptions)[] = ["baseline", "command", "title"];

/**
 * Returns a result as one HTML document that needs nothing else, no network and no script: the main numbers with their intervals, its charts with
 * the numbers below each, and all parameters, seed and digests. Text of others in it is escaped. The same result gives the same text everywhere.
 * Needs the packages @observablehq/plot and, in Node, linkedom; rejects with an error that names them where they are missing. Rejects
 * with `InvalidInput` for anything but a result or its JSON, with a sentence for each field that is amiss.
 */
export async function report(result: Reportable, options: ReportOptions = {}): Promise<string> {
  const given = textOptionsOnce("report option", options, OPTIONS);
  const read = readResult("result", result);
  const figures = figuresOf(read, given.baseline);
  const { title, sentences, table } = headlineOf(read, given.baseline);
  const drawing = await loadPlot();
  const heading = escapeMarkup(given.title ?? title);
  const command = codeMarkup("Made by", given.command);
  const experiment = codeMarkup("The experiment, which --config runs again", experimentText(read));
  return [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="generator" content="slatesim">',
    `<title>${heading}</title>`,
    `<style>${STYLE}</style></head>`,
    `<body><header><h1>${heading}</h1></header>`,
    "<main>",
    sectionMarkup(
      "Results",
      [...sentences.map((sentence) => `<p>${escapeMarkup(sentence)}</p>`), tableMarkup(table, "Results")],
      "wide",
    ),
    ...figures.map((figure, place) => figureMarkup(figure, place, drawing)),
    sectionMarkup(
      "How it was made",
      [...command, ...experiment, tableMarkup(factsOf(read), "How it was made", "table facts")],
      "wide facts",
    ),
    "</main></body></html>",
    "",
  ].join("\n");
}

function codeMarkup(title: string, code: string | undefined): string[] {
  return code === undefined ? [] : [`<p>${title}</p>`, `<pre><code>${escapeMarkup(code)}</code></pre>`];
}

function figureMarkup({ figure }: NamedFigure, place: number, drawing: Drawing): string {
  const { title, table } = figure;
  const svg = drawFigure(figure, drawing, { alone: false, id: `figure-${place}` });
  const numbers = `<details><summary>Numbers of “${escapeMarkup(title)}”</summary>${tableMarkup(table, title)}</details>`;
  return sectionMarkup(title, [svg, numbers]);
}
