import { escapeControls } from "../check/escapeControls.js";
import { formatNumber, formatShare } from "../report/formatNumber.js";
import { domainOf, drawable, tickText } from "./drawable.js";
import type { Figure } from "./figure.js";
import { strokeOf } from "./palette.js";
import type { ReadShapes } from "./readResult.js";
import { fewOf } from "./words.js";

type Distribution = ReadShapes["run"]["metrics"]["totalRewardDistribution"];

/** The returns of the users of a policy. */
export interface NamedDistribution {
  readonly name: string;
  readonly distribution: Distribution;
}

const BINS = 40;

/** Shares of users in bins of one width, for all policies the same. */
export function distributionFigure(all: readonly NamedDistribution[], label: string): Figure {
  const [low, high] = domainOf(all.flatMap(({ distribution }) => distribution.edges));
  const width = (high - low) / BINS;
  const edges = Array.from({ length: BINS + 1 }, (_, bin) => low + bin * width);
  const shares = all.map(({ distribution }) => sharesIn(distribution, low, width));
  const highest = Math.max(...shares.flat(), 0);
  return {
    title: `Distribution of ${label}`,
    description: `Share of users by ${label}. ${fewOf(all.map(({ name }, at) => `${escapeControls(name)}: most users from ${mostOf(shares[at]!, edges)}.`))}`,
    legend: all.map(({ name }) => name),
    height: 240,
    table: {
      titles: ["from", "to", ...all.map(({ name }) => name)],
      rows: edges
        .slice(1)
        .map((to, bin) => [tickText(edges[bin]!), tickText(to), ...shares.map((of) => formatShare(of[bin]!))]),
    },
    options: (plot) => ({
      marginLeft: 64,
      marginBottom: 40,
      x: { domain: [low, high], label, labelAnchor: "center", labelArrow: "none", ticks: 5, tickFormat: tickText },
      y: {
        domain: domainOf([0, 100 * highest]),
        label: "% of users",
        labelArrow: "none",
        ticks: 4,
        tickFormat: tickText,
        grid: true,
      },
      marks: all.flatMap((_, place) => {
        const { stroke, strokeDasharray } = strokeOf(place);
        const steps = edges.map((x, bin) => ({ x, y: 100 * (shares[place]![bin] ?? shares[place]!.at(-1)!) }));
        return [
          plot.areaY(steps, { x: "x", y: "y", fill: stroke, fillOpacity: 0.12, curve: "step-after" }),
          plot.lineY(steps, { x: "x", y: "y", stroke, strokeDasharray, strokeWidth: 2, curve: "step-after" }),
        ];
      }),
    }),
  };
}

/** Returns the share of users in each bin, as if those of a bin of the result were spread evenly over it. */
function sharesIn({ edges, counts }: Distribution, low: number, width: number): number[] {
  const shares = Array.from({ length: BINS }, () => 0);
  const total = counts.reduce((sum, count) => sum + count, 0);
  for (const [at, count] of counts.entries()) {
    const [from, to] = [edges[at]!, edges[at + 1]!].map((edge) => (drawable(edge) - low) / width);
    if (count === 0 || Number.isNaN(from! + to!)) continue;
    const [first, last] = [from!, to!].map((place) => Math.min(BINS - 1, Math.max(0, Math.floor(place))));
    for (let bin = first!; bin <= last!; bin++) {
      const inside = Math.min(bin + 1, to!) - Math.max(bin, from!);
      const part = first === last ? 1 : Math.max(0, inside) / (to! - from!);
      shares[bin]! += (part * count) / total;
    }
  }
  return shares;
}

function mostOf(shares: readonly number[], edges: readonly number[]): string {
  const bin = shares.indexOf(Math.max(...shares));
  return `${tickText(edges[bin]!)} to ${tickText(edges[bin + 1]!)}, ${formatNumber(100 * shares[bin]!, 1)} %`;
}
