import { evenPlaces, tickText } from "./drawable.js";
import { WIDTH, type Figure } from "./figure.js";
import { strokeOf } from "./palette.js";
import { CHARACTER, shortened } from "./words.js";

/** A value of an axis. */
export type HeatPlace = number | string;

/** A cell of a heat map. */
export interface HeatCell {
  readonly row: HeatPlace;
  readonly column: HeatPlace;
  /** Which colour it has, by its place in the legend. */
  readonly colour: number;
  /** How strong the colour is, in [0, 1]. */
  readonly shade: number;
  /** Lines of text on it, where there is room. */
  readonly text: readonly string[];
}

/** Names of what varies down and across. */
export interface HeatAxes {
  readonly down: string;
  readonly across: string;
}

/** Pixels of a row, and of all rows where there are many. */
const ROW = 36;
const MAX_HEIGHT = 480;
const MIN_ROW = 4;
const LEFT = 80;
const RIGHT = 20;
/** Columns, and rows, beyond which texts would not fit. */
const MAX_NUMBERED = 7;
const MAX_TEXT_ROWS = 16;
const MAX_LABEL = 9;
/** Pixels of the texts' letters, and about how wide one is. */
const FONT_SIZE = 10;
const LETTER = 6;

/** Draws cells by row and column: numbers ascend, and names stand in the order of the cells. */
export function heatMap(cells: readonly HeatCell[], { down, across }: HeatAxes): Pick<Figure, "height" | "options"> {
  const [rows, columns] = [placesOf(cells.map(({ row }) => row)), placesOf(cells.map(({ column }) => column))];
  const height = Math.max(MIN_ROW, Math.min(ROW, MAX_HEIGHT / rows.length)) * rows.length;
  const numbered = columns.length <= MAX_NUMBERED && rows.length <= MAX_TEXT_ROWS;
  const width = (WIDTH - LEFT - RIGHT) / columns.length;
  const most = Math.max(2, Math.floor(width / LETTER));
  const drawn = cells.map(({ row, column, colour, shade, text }) => ({
    x: columns.indexOf(column),
    y: rows.indexOf(row),
    fill: strokeOf(colour).stroke,
    shade: 0.8 * Math.min(1, Math.max(0, shade)),
    text: text.map((line) => shortened(line, most)).join("\n"),
  }));
  return {
    height: 70 + Math.ceil(height),
    options: (plot) => ({
      marginLeft: LEFT,
      marginRight: RIGHT,
      marginBottom: 40,
      x: { ...axis(columns, roomFor(columns)), label: across, labelAnchor: "center" },
      y: { ...axis(rows, MAX_TEXT_ROWS), label: down },
      marks: [
        plot.cell(drawn, {
          x: "x",
          y: "y",
          fill: "fill",
          fillOpacity: { value: "shade", scale: null } as never,
          stroke: "var(--quiet)",
        }),
        plot.text(numbered ? drawn : [], {
          x: "x",
          y: "y",
          text: "text",
          fontSize: FONT_SIZE,
          fill: "var(--text)",
          stroke: "var(--background)",
          strokeWidth: 3,
        }),
      ],
    }),
  };
}

function placesOf(values: readonly HeatPlace[]): readonly HeatPlace[] {
  const different = [...new Set(values)];
  return different.every((value) => typeof value === "number") ? different.toSorted((a, b) => a - b) : different;
}

function axis(places: readonly HeatPlace[], most: number) {
  return {
    type: "band" as const,
    domain: places.map((_, at) => at),
    ticks: evenPlaces(places.length, most),
    tickFormat: (at: number) => labelOf(places[at]!),
    labelArrow: "none" as const,
    padding: places.length > MAX_TEXT_ROWS ? 0 : 0.04,
  };
}

function labelOf(place: HeatPlace): string {
  return typeof place === "number" ? tickText(place) : shortened(place, MAX_LABEL);
}

/** Returns how many labels fit beside one another. */
function roomFor(columns: readonly HeatPlace[]): number {
  const longest = Math.max(...columns.map((each) => labelOf(each).length));
  return Math.floor((WIDTH - LEFT - RIGHT) / (CHARACTER * (longest + 1)));
}
