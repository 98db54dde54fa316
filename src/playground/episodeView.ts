import { element, tableOf } from "./element.js";
import type { ReadyExperiment } from "./experiment.js";
import { Field } from "./field.js";
import { episodeOf, type Episode } from "./fork.js";
import { ForkView } from "./forkView.js";
import { numberIn } from "./address.js";
import type { Words } from "./words.js";

/** One user's episode step by step under one of the policies, and its fork. */
export class EpisodeView {
  readonly element: HTMLElement;
  readonly forkElement: HTMLElement;
  private readonly words: Words;
  private readonly userInput = element("input", {
    type: "text",
    inputmode: "numeric",
    value: "0",
    autocomplete: "off",
  });
  private readonly policySelect = element("select");
  private readonly userField: Field;
  private readonly steps = element("div");
  private readonly fork: ForkView;
  private readonly chosen: (user: number) => void;
  private experiment: ReadyExperiment | undefined;

  /** `chosen` is told the user who is shown. */
  constructor(words: Words, chosen: (user: number) => void) {
    this.words = words;
    this.chosen = chosen;
    this.fork = new ForkView(words);
    this.forkElement = this.fork.element;
    this.userField = new Field("user", words.user, this.userInput);
    const policyField = new Field("episode-policy", words.policy, this.policySelect);
    this.userInput.addEventListener("input", () => this.draw());
    this.policySelect.addEventListener("change", () => this.draw());
    this.element = element(
      "div",
      { class: "episode" },
      element("h3", {}, words.episode),
      element("div", { class: "ends" }, this.userField.element, policyField.element),
      this.steps,
    );
  }

  show(experiment: ReadyExperiment): void {
    const { value } = this.policySelect;
    const names = experiment.policies.map(({ name }) => name);
    this.policySelect.replaceChildren(...names.map((name) => element("option", {}, name)));
    if (names.includes(value)) this.policySelect.value = value;
    this.experiment = experiment;
    this.draw();
  }

  choose(user: number): void {
    this.userInput.value = String(user);
    this.draw();
  }

  private draw(): void {
    if (this.experiment === undefined) return;
    const user = numberIn(this.userInput.value);
    const legal = Number.isInteger(user) && user >= 0 && user < 2 ** 32;
    const mistake = `"user" expected an integer in [0, ${2 ** 32 - 1}], got ${this.userInput.value}`;
    this.userField.show(legal ? [] : [this.words.rule(mistake)]);
    if (!legal) return;
    const policy = this.experiment.policies.find(({ name }) => name === this.policySelect.value)!;
    const episode = episodeOf(this.experiment, policy, user);
    this.steps.replaceChildren(stepsTable(episode, this.words));
    this.fork.show(this.experiment.world, episode);
    this.chosen(user);
  }
}

function stepsTable(episode: Episode, words: Words): HTMLElement {
  const titles = [words.step, words.slate, words.educativeness, words.clicked, words.seconds, words.satisfactionAfter];
  const rows = episode.steps.map(({ slate, candidates, choice, reward, satisfaction }, step) => [
    String(step + 1),
    slate.join(" "),
    slate.map((position) => candidates[position]!.educativeness.toFixed(2)).join(" "),
    choice < slate.length ? String(slate[choice]) : words.nothing,
    reward.toFixed(2),
    satisfaction.toFixed(4),
  ]);
  return tableOf(words.episodeOf(episode.user, episode.policy), titles, rows);
}
