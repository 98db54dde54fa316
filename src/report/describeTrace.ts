import { formatNumber } from "./formatNumber.js";
import type { Trace } from "../montecarlo/trace.js";
import type { TraceStep } from "../montecarlo/tracedLives.js";
import { table } from "./table.js";
import { wrap } from "./wrap.js";

/** Of a wide slate this many slots are shown. */
const SLOTS_SHOWN = 6;

const TITLES = ["step", "slate", "educativeness", "probabilities", "click", "engagement", "exposure", "satisfaction"];

/** One life for people, a line per step. `world` names the scenario; `width` is the terminal's, in characters. */
export function describeTrace(trace: Trace, world: string, width: number = Infinity): string {
  const { policy, user, seed, initial, steps } = trace;
  const header = [world, `· ${policy}`, `· user ${user}`, `· seed ${JSON.stringify(seed)}`];
  const start = ["start", ...Array<string>(5).fill(""), ...stateCells(initial)];
  const rows = [[...TITLES, "observed"], start, ...steps.map(stepRow)];
  const total = steps.reduce((sum, step) => sum + step.engagement, 0);
  return [
    wrap(header, width),
    table(rows, width),
    `total engagement ${formatNumber(total, 2)} in ${steps.length} step${steps.length === 1 ? "" : "s"}`,
  ].join("\n\n");
}

function stepRow(step: TraceStep, index: number): string[] {
  const { candidates, slate, probabilities, choice } = step;
  const educativeness = slate.map((position) => formatNumber(candidates[position]!.educativeness, 2));
  return [
    String(index),
    list(slate.map(String)),
    list(educativeness),
    describeProbabilities(probabilities),
    choice === slate.length ? "none" : `slot ${choice}`,
    formatNumber(step.engagement, 2),
    ...stateCells(step),
  ];
}

function stateCells(state: Trace["initial"]): string[] {
  return [state.exposure, state.satisfaction, state.observation].map((value) => formatNumber(value, 4));
}

/** The slots in slate order; the chance of no click, where there is one, behind a bar. */
function describeProbabilities(probabilities: readonly number[]): string {
  const texts = probabilities.map((probability) => formatNumber(probability, 2));
  const none = probabilities.at(-1)! > 0 ? ` | ${texts.at(-1)}` : "";
  return list(texts.slice(0, -1)) + none;
}

function list(items: readonly string[]): string {
  const hidden = items.length - SLOTS_SHOWN;
  return items.slice(0, SLOTS_SHOWN).join(" ") + (hidden > 0 ? ` +${hidden}` : "");
}
