import type { Json } from "../check/json.js";
import type { Trace } from "../montecarlo/trace.js";
import type { TraceState, TraceStep } from "../montecarlo/tracedEpisodes.js";
import { formatNumber } from "./formatNumber.js";
import { table } from "./table.js";
import { rewardWord, type DescribedWorld } from "./worldWords.js";
import { wrap } from "./wrap.js";

/** Maximal number of slots printed of a wide slate. */
const SLOTS_SHOWN = 6;

/** Suffix of the observation in a table, beside the state. */
const TITLES: Readonly<Record<string, string>> = { observation: "observed" };

/** Describes one episode, a line for each step. `width` is the terminal's, in characters. */
export function describeTrace(trace: Trace, world: DescribedWorld, width: number = Infinity): string {
  const { policy, user, seed, initial, steps } = trace;
  const header = [world.label, `· ${policy}`, `· user ${user}`, `· seed ${JSON.stringify(seed)}`];
  const feature = featureOf(steps[0]);
  const state = numbersIn(initial);
  const titles = ["step", "slate", ...(feature === undefined ? [] : [feature]), "probabilities", "click"];
  const titled = [...titles, rewardWord(world), ...state.map(([name]) => TITLES[name] ?? name)];
  const start = ["start", ...Array<string>(titles.length).fill(""), ...state.map(([, x]) => formatNumber(x, 4))];
  const rows = [titled, start, ...steps.map((step, index) => stepRow(step, index, feature, state))];
  const total = steps.reduce((sum, step) => sum + step.reward, 0);
  return [
    wrap(header, width),
    table(rows, width),
    `total ${rewardWord(world)} ${formatNumber(total, 2)} in ${steps.length} step${steps.length === 1 ? "" : "s"}`,
  ].join("\n\n");
}

function stepRow(step: TraceStep, index: number, feature: string | undefined, state: readonly Named[]): string[] {
  const { candidates, slate, probabilities, choice } = step;
  const featureAt = (position: number): string => {
    return formatNumber((candidates[position] as unknown as Readonly<Record<string, number>>)[feature!]!, 2);
  };
  const after = new Map(
    numbersIn(
      step,
      state.map(([name]) => name),
    ),
  );
  return [
    String(index),
    list(slate.map(String)),
    ...(feature === undefined ? [] : [list(slate.map(featureAt))]),
    describeProbabilities(probabilities),
    choice === slate.length ? "none" : `slot ${choice}`,
    formatNumber(step.reward, 2),
    ...state.map(([name]) => formatNumber(after.get(name) ?? NaN, 4)),
  ];
}

/** Returns the name of the first number in the observation of documents. */
function featureOf(step: TraceStep | undefined): string | undefined {
  const candidate: Readonly<Record<string, unknown>> = { ...step?.candidates[0] };
  return Object.keys(candidate).find((name) => name !== "id" && typeof candidate[name] === "number");
}

type Named = readonly [name: string, value: number];

/** Returns the numbers of a state, by their paths in it; only those named, if any are. */
function numbersIn(state: TraceState, names?: readonly string[]): Named[] {
  const tops = names?.map((name) => name.split(/[.[]/, 1)[0]!);
  const entries = Object.entries(state).filter(([name]) => tops?.includes(name) ?? true);
  return entries.flatMap(([name, value]) => numbersAt(name, value));
}

function numbersAt(path: string, value: Json): Named[] {
  if (typeof value === "number") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item: Json, place) => numbersAt(`${path}[${place}]`, item));
  return Object.entries(value).flatMap(([name, item]) => numbersAt(`${path}.${name}`, item as Json));
}

/** Returns the slots in slate order, then a bar and the probability of no click, if there is one. */
function describeProbabilities(probabilities: readonly number[]): string {
  const texts = probabilities.map((probability) => formatNumber(probability, 2));
  const none = probabilities.at(-1)! > 0 ? ` | ${texts.at(-1)}` : "";
  return list(texts.slice(0, -1)) + none;
}

function list(items: readonly string[]): string {
  const hidden = items.length - SLOTS_SHOWN;
  return items.slice(0, SLOTS_SHOWN).join(" ") + (hidden > 0 ? ` +${hidden}` : "");
}
