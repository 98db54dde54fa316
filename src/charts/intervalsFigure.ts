import { escapeControls } from "../check/escapeControls.js";
import { decimalsForAll, formatInterval, formatNumber } from "../report/formatNumber.js";
import type { Interval } from "../numeric/moments.js";
import { domainOf, drawable, tickText } from "./drawable.js";
import type { Figure, FigureTable } from "./figure.js";
import { CHARACTER, fewOf, shortened } from "./words.js";

/** An estimate on a line of its own. */
export interface IntervalRow {
  readonly name: string;
  readonly value: number;
  readonly ci95: Interval;
  /** Wider interval, drawn thinner. */
  readonly wider?: Interval;
  /** Short text at the right end. */
  readonly note?: string;
}

/** What such a chart says beside its rows. */
export interface IntervalWords {
  readonly title: string;
  /** What the axis measures. */
  readonly label: string;
  /** Title of the column of names. */
  readonly of: string;
  readonly wider?: string;
  readonly note?: string;
  /** Whether there is a line at 0. */
  readonly zero: boolean;
  /** A value to compare with, drawn as a line, and its name. */
  readonly level?: { readonly name: string; readonly value: number };
}

/** Pixels of a row, and of what is above and below all rows. */
export const ROW = 26;
export const FRAME = 62;
const MAX_NAME = 22;

/** Estimates below one another with their intervals: a forest plot. */
export function intervalsFigure(rows: readonly IntervalRow[], words: IntervalWords): Figure {
  const drawn = rows.map((row, place) => ({ ...row, place: String(place), value: drawable(row.value) }));
  const { level } = words;
  const levels = level === undefined ? [] : [level];
  const ends = [
    ...rows.flatMap(({ value, ci95, wider = [] }) => [value, ...ci95, ...wider]),
    ...levels.map(({ value }) => value),
  ];
  const names = rows.map(({ name }) => shortened(name, MAX_NAME));
  const right = Math.max(28, ...rows.map(({ note = "" }) => note.length * CHARACTER + 12));
  return {
    title: words.title,
    description: describe(rows, words),
    legend: [],
    height: FRAME + ROW * rows.length,
    table: tableOf(rows, words),
    options: (plot) => {
      const rule = (of: (row: IntervalRow) => Interval | undefined, strokeWidth: number) => {
        const known = drawn.filter((row) => of(row)?.every((end) => !Number.isNaN(drawable(end))));
        return plot.ruleY(known, {
          y: "place",
          x1: (row: IntervalRow) => of(row)![0],
          x2: (row: IntervalRow) => of(row)![1],
          stroke: "var(--line-0)",
          strokeWidth,
        });
      };
      return {
        marginLeft: 16 + CHARACTER * Math.max(...names.map((name) => [...name].length)),
        marginRight: right,
        marginBottom: 44,
        x: {
          domain: domainOf(words.zero ? [0, ...ends] : ends),
          label: words.label,
          labelAnchor: "center",
          labelArrow: "none",
          ticks: 4,
          tickFormat: tickText,
          grid: true,
          nice: true,
        },
        y: {
          type: "band",
          domain: drawn.map(({ place }) => place),
          label: null,
          tickSize: 0,
          tickFormat: (place: string) => names[Number(place)]!,
        },
        marks: [
          ...(words.zero ? [plot.ruleX([0], { stroke: "var(--quiet)" })] : []),
          plot.ruleX(levels, { x: "value", stroke: "var(--line-1)", strokeWidth: 2, strokeDasharray: "6 3" }),
          plot.text(levels, { x: "value", text: "name", frameAnchor: "top", dy: -8, fill: "var(--text)" }),
          rule(({ wider }) => wider, 1.5),
          rule(({ ci95 }) => ci95, 4),
          plot.dot(
            drawn.filter(({ value }) => !Number.isNaN(value)),
            { y: "place", x: "value", r: 4, fill: "var(--line-0)", stroke: "var(--background)" },
          ),
          plot.text(drawn, {
            y: "place",
            text: (row: IntervalRow) => row.note ?? "",
            frameAnchor: "right",
            textAnchor: "start",
            dx: 6,
          }),
        ],
      };
    },
  };
}

function decimalsOf(rows: readonly IntervalRow[]): number {
  return decimalsForAll(rows.map(({ ci95: [low, high] }) => (high - low) / 4));
}

function describe(rows: readonly IntervalRow[], { label, level }: IntervalWords): string {
  const decimals = decimalsOf(rows);
  const sentences = rows.map(({ name, value, ci95, note }) => {
    return `${escapeControls(name)}: ${formatNumber(value, decimals)}, 95 % interval ${formatInterval(ci95, decimals)}${note === undefined ? "" : `, ${note}`}.`;
  });
  const compared = level === undefined ? [] : [`${level.name}: ${formatNumber(level.value, decimals)}.`];
  return `${label[0]!.toUpperCase()}${label.slice(1)}. ${fewOf([...sentences, ...compared])}`;
}

function tableOf(rows: readonly IntervalRow[], { of, label, wider, note }: IntervalWords): FigureTable {
  const decimals = decimalsOf(rows);
  return {
    titles: [
      of,
      label,
      "95 % interval",
      ...(wider === undefined ? [] : [wider]),
      ...(note === undefined ? [] : [note]),
    ],
    rows: rows.map((row) => [
      row.name,
      formatNumber(row.value, decimals),
      formatInterval(row.ci95, decimals),
      ...(wider === undefined ? [] : [formatInterval(row.wider ?? [NaN, NaN], decimals)]),
      ...(note === undefined ? [] : [row.note ?? "–"]),
    ]),
  };
}
