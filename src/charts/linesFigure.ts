import { escapeControls } from "../check/escapeControls.js";
import type { Interval } from "../numeric/moments.js";
import { decimalsForAll, formatInterval, formatNumber } from "../report/formatNumber.js";
import { domainOf, drawable, evenPlaces, tickText } from "./drawable.js";
import type { Figure, FigureTable } from "./figure.js";
import { strokeOf } from "./palette.js";
import { fewOf } from "./words.js";

/** A mean at a place of the axis. */
export interface LinePoint {
  readonly x: number;
  readonly mean: number;
  readonly ci95: Interval;
}

/** A line with its band. */
export interface Line {
  readonly name: string;
  readonly points: readonly LinePoint[];
}

/** What such a chart says beside its lines. */
export interface LineWords {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  /** A level to compare with, and its name. */
  readonly level?: { readonly name: string; readonly value: number };
}

/** Points of a line: of more, some that are evenly spaced are drawn. */
const MAX_POINTS = 240;
/** Rows of the table. */
const MAX_ROWS = 60;
/** Below so many points each has a dot. */
const FEW_POINTS = 2;

/** Lines over steps, iterations or a parameter, each with the band of its 95 % intervals. */
export function linesFigure(all: readonly Line[], words: LineWords): Figure {
  const lines = all.map(({ name, points }) => ({
    name,
    points: evenPlaces(points.length, MAX_POINTS).map((at) => points[at]!),
  }));
  const { level } = words;
  const shown = lines.flatMap(({ points }) => points);
  const whole = shown.every(({ x }) => Number.isInteger(x)); // then there is nothing between
  const heights = shown.flatMap(({ mean, ci95 }) => [mean, ...ci95]);
  return {
    title: words.title,
    description: describe(all, words),
    legend: [...lines.map(({ name }) => name), ...(level ? [level.name] : [])],
    height: 260,
    table: tableOf(all, words),
    options: (plot) => ({
      marginLeft: 64,
      marginRight: 24,
      marginBottom: 40,
      x: {
        domain: domainOf(shown.map(({ x }) => x)),
        label: words.x,
        labelAnchor: "center",
        labelArrow: "none",
        ticks: 5,
        tickFormat: (x: number) => (whole && !Number.isInteger(x) ? "" : tickText(x)),
      },
      y: {
        domain: domainOf(level ? [level.value, ...heights] : heights),
        label: words.y,
        labelArrow: "none",
        ticks: 5,
        tickFormat: tickText,
        grid: true,
        nice: true,
      },
      marks: [
        ...lines.flatMap(({ points }, place) => {
          const { stroke, strokeDasharray } = strokeOf(place);
          const drawn = points.map(({ x, mean, ci95: [low, high] }) => ({
            x,
            mean: drawable(mean),
            low: drawable(low),
            high: drawable(high),
          }));
          return [
            plot.areaY(drawn, { x: "x", y1: "low", y2: "high", fill: stroke, fillOpacity: 0.2 }),
            plot.lineY(drawn, { x: "x", y: "mean", stroke, strokeDasharray, strokeWidth: 2 }),
            plot.dot(points.length > FEW_POINTS ? [] : drawn.filter(({ mean }) => !Number.isNaN(mean)), {
              x: "x",
              y: "mean",
              fill: stroke,
              r: 4,
            }),
          ];
        }),
        ...(level && !Number.isNaN(drawable(level.value))
          ? [plot.ruleY([drawable(level.value)], { ...strokeOf(lines.length), strokeWidth: 2 })]
          : []),
      ],
    }),
  };
}

function decimalsOf(lines: readonly Line[]): number {
  return decimalsForAll(lines.flatMap(({ points }) => points.map(({ ci95: [low, high] }) => (high - low) / 4)));
}

function describe(lines: readonly Line[], { x, y, level }: LineWords): string {
  const decimals = decimalsOf(lines);
  const sentences = lines.map(({ name, points }) => {
    const [first, last] = [points[0]!, points.at(-1)!];
    const ends = [first, last].map((point) => `${formatNumber(point.mean, decimals)} at ${x} ${point.x}`);
    return `${escapeControls(name)}: ${ends.join(", ")}.`;
  });
  const ofLevel = level ? [`${level.name}: ${formatNumber(level.value, decimals)}.`] : [];
  return `${y} by ${x}, with bands of 95 % intervals. ${fewOf([...sentences, ...ofLevel])}`;
}

/** Returns the columns of all lines, at places that are evenly spaced if there are many. */
function tableOf(lines: readonly Line[], { x }: LineWords): FigureTable {
  const decimals = decimalsOf(lines);
  const longest = lines.reduce((most, each) => (each.points.length > most.points.length ? each : most));
  return {
    titles: [x, ...lines.flatMap(({ name }) => [name, "95 % interval"])],
    rows: evenPlaces(longest.points.length, MAX_ROWS).map((at) => {
      return [String(longest.points[at]!.x)].concat(lines.flatMap(({ points }) => cellsOf(points[at], decimals)));
    }),
  };
}

function cellsOf(point: LinePoint | undefined, decimals: number): string[] {
  if (point === undefined) return ["–", "–"];
  return [formatNumber(point.mean, decimals), formatInterval(point.ci95, decimals)];
}
