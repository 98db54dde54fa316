import type { BuiltInWorld } from "../index.js";
import { linesFigure, type Line } from "../charts/linesFigure.js";
import { loadPlot } from "../charts/plotLibrary.js";
import { ChartPlace } from "./chartPlace.js";
import { element } from "./element.js";
import { Field } from "./field.js";
import { forkEpisode, type Episode, type Fork } from "./fork.js";
import type { Words } from "./words.js";

/** Another slate at one step of an episode, and what comes of it under the same noise. */
export class ForkView {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly stepInput = element("input", { type: "range", min: "1", max: "1", value: "1" });
  private readonly stepText = element("output");
  private readonly boxes = element("div", { class: "boxes", role: "group" });
  private readonly said = element("p", { role: "status" });
  private readonly chart = new ChartPlace("fork");
  private world: BuiltInWorld | undefined;
  private episode: Episode | undefined;
  private work = 0;

  constructor(words: Words) {
    this.words = words;
    const step = new Field("fork-step", words.atStep, this.stepInput);
    this.stepInput.after(this.stepText);
    this.stepInput.addEventListener("input", () => this.showCandidates());
    this.element = element(
      "section",
      { "aria-labelledby": "fork" },
      element("h3", { id: "fork" }, words.fork),
      element("p", { class: "hint" }, words.forkHint),
      step.element,
      this.boxes,
      this.said,
      this.chart.element,
    );
  }

  show(world: BuiltInWorld, episode: Episode): void {
    this.world = world;
    this.episode = episode;
    this.stepInput.max = String(episode.steps.length);
    this.showCandidates();
  }

  private get step(): number {
    return Number(this.stepInput.value) - 1;
  }

  private showCandidates(): void {
    const { candidates, slate } = this.episode!.steps[this.step]!;
    this.stepText.textContent = this.stepInput.value;
    this.boxes.setAttribute("aria-label", this.words.otherSlate(slate.length));
    const boxes = candidates.map(({ educativeness }, position) => {
      const box = element("input", { type: "checkbox", value: String(position) });
      box.addEventListener("change", () => void this.take());
      return element("label", {}, box, ` ${this.words.candidate(position, educativeness.toFixed(2))}`);
    });
    this.boxes.replaceChildren(element("p", { class: "hint" }, this.words.otherSlate(slate.length)), ...boxes);
    this.said.textContent = "";
    this.chart.clear();
  }

  /** Forks the episode once the slate is full. */
  private async take(): Promise<void> {
    const mine = ++this.work;
    const { step, words } = this;
    const { slate } = this.episode!.steps[step]!;
    const chosen = [...this.boxes.querySelectorAll<HTMLInputElement>("input:checked")].map(({ value }) =>
      Number(value),
    );
    const full = chosen.length === slate.length;
    for (const box of this.boxes.querySelectorAll<HTMLInputElement>("input:not(:checked)")) box.disabled = full;
    if (!full) {
      this.said.textContent = words.chooseSlate(slate.length, chosen.length);
      return this.chart.clear();
    }
    const fork = await forkEpisode(this.world!, this.episode!, step, chosen);
    const drawing = await loadPlot();
    if (mine !== this.work) return;
    this.said.textContent = words.forked(step + 1, signed(sum(fork.forkedRewards) - sum(fork.rewards)));
    this.chart.show(figureOf(fork, step, words), drawing);
  }
}

/** The reward so far from that step on, as it was and as it would have been. */
function figureOf({ rewards, forkedRewards }: Fork, step: number, words: Words) {
  const lineOf = (name: string, list: readonly number[]): Line => {
    let total = 0;
    const points = list.map((reward, place) => {
      total += reward;
      return { x: step + 1 + place, mean: total, ci95: [total, total] as const };
    });
    return { name, points };
  };
  const lines = [lineOf(words.asShown, rewards), lineOf(words.asForked, forkedRewards)];
  return linesFigure(lines, { title: words.fork, x: words.step, y: words.totalEngagement });
}

function sum(list: readonly number[]): number {
  return list.reduce((total, each) => total + each, 0);
}

function signed(value: number): string {
  return `${value >= 0 ? "+" : "−"}${Math.abs(value).toFixed(2)}`;
}
