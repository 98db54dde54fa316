import type { Comparison } from "../index.js";
import { loadPlot, type Drawing } from "../charts/plotLibrary.js";
import { againstBaseline, liftText } from "../charts/simulatedFigures.js";
import { ChartPlace } from "./chartPlace.js";
import { chartOf, heightOf, type ChartId } from "./charts.js";
import { element, tableOf } from "./element.js";
import type { Words } from "./words.js";

/** The charts of the built-in world. */
const CHARTS: readonly ChartId[] = ["totals", "differences", "satisfaction", "engagement", "distribution"];

/** Headline, charts and numbers of the newest comparison. */
export class Results {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly status = element("p", { class: "status" }, "\u00a0");
  private readonly bar = element("progress", { max: "1", value: "0" });
  private readonly headline = element("p", { class: "headline", role: "status" }); // read aloud when it changes, unlike the share that is done
  private readonly optimumText = element("p", { class: "hint" });
  private readonly charts: readonly ChartId[];
  private readonly places: Readonly<Record<string, ChartPlace>>;
  private readonly numbers = element("div", { class: "numbers" });
  private comparison: Comparison | undefined;
  private optimum: number | null = null;
  /** Counts drawings, so that an older one does not go on beside a newer one. */
  private drawing = 0;

  /** `own` begins the ids of these results, where a page has others beside them. */
  constructor(words: Words, charts = CHARTS, own = "") {
    this.words = words;
    this.charts = charts;
    void loadPlot(); // while the first users are simulated
    this.bar.setAttribute("aria-label", words.results);
    this.places = Object.fromEntries(charts.map((id) => [id, new ChartPlace(`${own}${id}`)]));
    this.element = element(
      "section",
      { "aria-labelledby": `${own}results` },
      element("h2", { id: `${own}results` }, words.results),
      this.bar,
      this.status,
      this.headline,
      this.optimumText,
      element("div", { class: "charts" }, ...Object.values(this.places).map((place) => place.element), this.numbers),
    );
  }

  /** Keeps room for the charts of so many policies. */
  makeRoom(policies: number): void {
    for (const id of this.charts) this.places[id]!.makeRoom(heightOf(id, policies));
  }

  /** Says how far the simulation is. */
  say(text: string, share: number): void {
    this.status.textContent = text;
    this.bar.value = share;
  }

  sayOptimum(text: string, value: number | null): void {
    this.optimumText.textContent = text;
    if (value === this.optimum) return;
    this.optimum = value;
    if (this.comparison) void this.draw();
  }

  /** Shows a comparison; its digests are those of the whole experiment once it is complete. Resolves when it is drawn, or another is. */
  show(comparison: Comparison, complete: boolean): Promise<void> {
    this.comparison = comparison;
    this.headline.textContent = headlineOf(comparison, this.words);
    this.numbers.replaceChildren(...numbersOf(comparison, complete, this.words));
    return this.draw();
  }

  /** Draws one chart after another, with room for the reader's input between them. */
  private async draw(): Promise<void> {
    const mine = ++this.drawing;
    const drawing: Drawing = await loadPlot();
    for (const id of this.charts) {
      await new Promise((resolve) => setTimeout(resolve));
      if (mine !== this.drawing) return;
      this.places[id]!.show(chartOf(id, this.comparison!, this.optimum, this.words), drawing);
    }
    this.element.dataset["drawn"] = String(this.comparison!.users);
  }
}

function headlineOf(comparison: Comparison, words: Words): string {
  const baseline = comparison.policies[0]!.policy;
  const rows = againstBaseline(comparison as never, baseline);
  const best = rows.reduce((a, b) => (b.difference.mean > a.difference.mean ? b : a));
  const { mean, ci95 } = best.difference;
  if (mean <= 0) return words.inconclusive(baseline, best.name);
  if (!best.significant) return words.inconclusive(best.name, baseline);
  const interval = `[${ci95.map((end) => end.toFixed(2)).join(", ")}]`;
  return words.headline(best.name, baseline, mean.toFixed(2), interval, liftText(best.lift));
}

function numbersOf(comparison: Comparison, complete: boolean, words: Words): HTMLElement[] {
  const rows = comparison.policies.map(({ policy, digest, metrics: { totalReward } }) => {
    const interval = `[${totalReward.ci95.map((end) => end.toFixed(2)).join(", ")}]`;
    return [policy, totalReward.mean.toFixed(2), interval, complete ? digest : "…"];
  });
  const table = tableOf(words.totals, [words.policy, words.mean, words.interval, words.digest], rows);
  return [table, element("p", { class: "hint" }, words.digestHint)];
}
