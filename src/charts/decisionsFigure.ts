import { formatNumber } from "../report/formatNumber.js";
import { domainOf, evenPlaces, tickText } from "./drawable.js";
import type { Figure } from "./figure.js";
import type { ReadShapes } from "./readResult.js";
import { wordsOf } from "./words.js";

type Table = ReadShapes["solution"]["table"];

/** Steps that are drawn; of more, some that are evenly spaced. */
const MAX_STEPS = 120;
/** Rows and columns of the table of numbers. */
const MAX_ROWS = 12;

interface Tile {
  readonly x1: number;
  readonly x2: number;
  readonly y1: number;
  readonly y2: number;
  readonly mix: number;
}

/** Which mix is best in every state at every step: the darker, the more documents come from the top of the ranking. */
export function decisionsFigure(table: Table): Figure {
  const { states, mix } = table;
  const steps = evenPlaces(mix.length, MAX_STEPS);
  const tiles = tilesOf(table, steps);
  const most = Math.max(1, ...tiles.map((tile) => tile.mix));
  const mixes = [...new Set(tiles.map((tile) => tile.mix))].toSorted((a, b) => a - b);
  const stateName = wordsOf(table.stateName);
  const shade = (tile: Tile): number => (0.9 * tile.mix) / most;
  const rows = evenPlaces(states.length, MAX_ROWS).toReversed();
  const columns = evenPlaces(mix.length, MAX_ROWS);
  return {
    title: "Best mix by step and state",
    description: `Mixes that are best: ${mixes.map((m) => `mix(${m})`).join(", ")}; the darker, the more documents from the top of the ranking. By step, from 1 to ${mix.length}, and ${stateName}.`,
    legend: [],
    height: 260,
    table: {
      titles: [stateName, ...columns.map((step) => `step ${step + 1}`)],
      rows: rows.map((state) => [
        formatNumber(states[state]!, 3),
        ...columns.map((step) => `mix(${mix[step]![state]})`),
      ]),
    },
    options: (plot) => ({
      marginLeft: 64,
      marginRight: 36,
      marginBottom: 40,
      x: {
        domain: [1, mix.length + 1],
        label: "step",
        labelAnchor: "center",
        labelArrow: "none",
        ticks: 5,
        tickFormat: tickText,
      },
      y: { domain: domainOf(states), label: stateName, labelArrow: "none", ticks: 5, tickFormat: tickText },
      marks: [
        plot.rect(tiles, {
          x1: "x1",
          x2: "x2",
          y1: "y1",
          y2: "y2",
          fill: "var(--line-0)",
          fillOpacity: { value: shade, scale: null } as never,
          inset: 0,
        }),
        plot.text(labelsOf(tiles), {
          x: "x",
          y: "y",
          text: "text",
          stroke: "var(--background)",
          strokeWidth: 4,
          fill: "var(--text)",
        }),
        plot.frame({ stroke: "var(--quiet)" }),
      ],
    }),
  };
}

/** Returns neighbouring states with the same mix at a step as one tile. */
function tilesOf({ states, mix }: Table, steps: readonly number[]): Tile[] {
  const edge = (at: number): number =>
    at <= 0 ? states[0]! : at >= states.length ? states.at(-1)! : (states[at - 1]! + states[at]!) / 2;
  return steps.flatMap((step, place) => {
    const row = mix[step]!;
    const [x1, x2] = [step + 1, (steps[place + 1] ?? mix.length) + 1];
    const begins = row.flatMap((m, state) => (state > 0 && m === row[state - 1] ? [] : [state]));
    return begins.map((from, at) => ({
      x1,
      x2,
      y1: edge(from),
      y2: edge(begins[at + 1] ?? row.length),
      mix: row[from]!,
    }));
  });
}

/** Returns a label in the middle of the largest tiles of each mix. */
function labelsOf(tiles: readonly Tile[]): { x: number; y: number; text: string }[] {
  return [...new Set(tiles.map(({ mix }) => mix))].map((mix) => {
    const own = tiles.filter((tile) => tile.mix === mix);
    const tallest = Math.max(...own.map(({ y1, y2 }) => y2 - y1));
    const high = own.filter(({ y1, y2 }) => y2 - y1 >= 0.8 * tallest);
    const { x1, x2, y1, y2 } = high[Math.floor(high.length / 2)]!;
    return { x: (x1 + x2) / 2, y: (y1 + y2) / 2, text: `mix(${mix})` };
  });
}
