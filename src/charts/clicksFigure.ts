import { escapeControls } from "../check/escapeControls.js";
import { formatShare } from "../report/formatNumber.js";
import { tickText } from "./drawable.js";
import type { Figure } from "./figure.js";
import { strokeOf } from "./palette.js";
import { fewOf } from "./words.js";

/** How often each slot was clicked. */
export interface NamedClicks {
  readonly name: string;
  readonly clickPositions: readonly number[];
  readonly noClicks: number;
}

/** Slots with a label each; of longer slates every second one, or fewer. */
const MAX_LABELS = 12;

/** Shares of steps by the slot that was clicked; the last place is for steps without a click. */
export function clicksFigure(all: readonly NamedClicks[]): Figure {
  const slots = Math.max(...all.map(({ clickPositions }) => clickPositions.length));
  const places = [...Array.from({ length: slots }, (_, slot) => `slot ${slot}`), "none"];
  const shares = all.map(({ clickPositions, noClicks }) => {
    const counts = [...clickPositions, ...Array.from({ length: slots - clickPositions.length }, () => 0), noClicks];
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => (total > 0 ? count / total : 0));
  });
  const every = Math.ceil(places.length / MAX_LABELS);
  return {
    title: "Clicks by slot",
    description: `Share of steps by the slot that was clicked. ${fewOf(all.map(({ name }, at) => `${escapeControls(name)}: ${fewOf(places.map((place, slot) => `${place} ${formatShare(shares[at]![slot]!)}`))}.`))}`,
    legend: all.map(({ name }) => name),
    height: 220,
    table: { titles: ["policy", ...places], rows: all.map(({ name }, at) => [name, ...shares[at]!.map(formatShare)]) },
    options: (plot) => ({
      marginLeft: 48,
      fx: {
        domain: places,
        label: null,
        padding: 0.15,
        tickFormat: (place: string, at: number) => (at % every === 0 ? place : ""),
      },
      x: { axis: null, domain: all.map((_, at) => at) },
      y: {
        domain: [0, Math.max(1, ...shares.flat().map((share) => 100 * share))],
        label: "% of steps",
        labelArrow: "none",
        ticks: 4,
        tickFormat: tickText,
        grid: true,
      },
      marks: [
        plot.axisFx({
          anchor: "bottom",
          label: null,
          tickSize: 0,
          tickFormat: (place: string, at: number) => (at % every === 0 ? place : ""),
        }),
        ...all.map((_, at) => {
          const bars = places.map((place, slot) => ({ place, at, share: 100 * shares[at]![slot]! }));
          return plot.barY(bars, { fx: "place", x: "at", y: "share", fill: strokeOf(at).stroke });
        }),
        plot.ruleY([0], { stroke: "var(--quiet)" }),
      ],
    }),
  };
}
