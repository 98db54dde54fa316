import { button, element } from "./element.js";
import { EpisodeView } from "./episodeView.js";
import { prepare, type Experiment, type Mistake, type ReadyExperiment } from "./experiment.js";
import { Form } from "./form.js";
import { compareMoreAndMore } from "./growingComparison.js";
import { LANGUAGES, type Language } from "./languages.js";
import { OptimumSolver } from "./optimum.js";
import { People } from "./people.js";
import { Results } from "./results.js";
import { TakeAlong } from "./takeAlong.js";
import type { Words } from "./words.js";

/** Milliseconds without a change before work begins: while a slider moves there is a change at every frame. */
const PAUSE = 60;
/** The most Web Workers that a page starts. */
const MAX_WORKERS = 16;

/** What a page is opened with. */
export interface PageOptions {
  readonly language: Language;
  readonly experiment: Experiment;
  /** Called with the experiment that the fields say, when they are left alone for a moment. */
  changed(experiment: Experiment): void;
  /** Called when all users of an experiment are simulated. */
  finished(): void;
  /** Called when the reader chooses another language. */
  speak(language: Language): void;
}

/** The page in one language: form, results, single users. */
export class Page {
  readonly element: HTMLElement;
  private readonly options: PageOptions;
  private readonly words: Words;
  private readonly form: Form;
  private readonly results: Results;
  private readonly people: People;
  private readonly episode: EpisodeView;
  private readonly takeAlong: TakeAlong;
  private readonly problem = element("div", { class: "problem", role: "alert" });
  private readonly solver = new OptimumSolver();
  private running = new AbortController();

  constructor(options: PageOptions) {
    const words = LANGUAGES[options.language];
    this.options = options;
    this.words = words;
    this.form = new Form(words, options.experiment, (experiment) => this.change(experiment));
    this.results = new Results(words);
    this.people = new People(words, (user) => this.episode.choose(user));
    this.episode = new EpisodeView(words, (user) => this.people.mark(user));
    this.takeAlong = new TakeAlong(words);
    this.element = this.build();
    this.refuse(this.start(options.experiment, 0));
  }

  /** Ends all work. */
  end(): void {
    this.running.abort();
    this.solver.stop();
  }

  private build(): HTMLElement {
    const { words } = this;
    const people = element(
      "section",
      { "aria-labelledby": "people" },
      element("h2", { id: "people" }, words.people),
      element("div", { class: "beside" }, this.people.element, this.episode.element),
      this.episode.forkElement,
    );
    const shown = element("div", { class: "shown" }, this.results.element, this.takeAlong.element, people);
    const top = element("header", {}, element("h1", {}, words.title), this.languageSelect());
    const introduction = element("p", { class: "introduction" }, words.introduction);
    const columns = element("div", { class: "columns" }, this.form.element, shown);
    document.title = words.title;
    return element("div", {}, top, introduction, this.problem, columns);
  }

  private languageSelect(): HTMLElement {
    const names = { en: "English", es: "Español" };
    const options = Object.entries(names).map(([value, name]) => element("option", { value, lang: value }, name));
    const select = element("select", { "aria-label": this.words.language, id: "language" }, ...options);
    select.value = this.options.language;
    select.addEventListener("change", () => this.options.speak(select.value as Language));
    return select;
  }

  private change(experiment: Experiment): void {
    this.problem.replaceChildren();
    this.start(experiment, PAUSE);
  }

  /** Ends the work on the last experiment, and works on this one if there is no other after that pause; returns what is wrong with it. */
  private start(experiment: Experiment, pause: number): readonly Mistake[] {
    this.end();
    const { signal } = (this.running = new AbortController());
    const ready = prepare(experiment);
    const mistakes = isReady(ready) ? [] : ready;
    this.form.show(mistakes);
    this.takeAlong.begin(experiment);
    if (isReady(ready)) {
      this.results.makeRoom(ready.policies.length);
      this.results.sayOptimum(this.words.solving, null);
    } else {
      this.results.say(this.words.waiting, 0);
      this.results.sayOptimum("\u00a0", null);
    }
    const begin = (): void => {
      if (signal.aborted) return;
      this.options.changed(experiment); // not at every frame: browsers refuse an address that changes so often
      if (isReady(ready)) void this.simulate(ready, signal, () => this.showOthers(experiment, ready, signal));
    };
    if (pause === 0) begin();
    else setTimeout(begin, pause);
    return mistakes;
  }

  /** Shows what waits for the first charts, as it takes longer than they do. */
  private showOthers(experiment: Experiment, ready: ReadyExperiment, signal: AbortSignal): void {
    this.solve(experiment);
    this.episode.show(ready);
    void this.people.show(ready, signal);
  }

  /** Says what is wrong with a link, and offers the default. */
  private refuse(mistakes: readonly Mistake[]): void {
    if (mistakes.length === 0) return;
    const lines = mistakes.map(({ message }) => element("li", {}, this.words.rule(message)));
    const back = button(this.words.useDefault, () => void (location.hash = ""));
    this.problem.replaceChildren(element("p", {}, this.words.wrongLink), element("ul", {}, ...lines), back);
  }

  private solve({ scenario, parameters }: Experiment): void {
    const { words, results } = this;
    this.solver.ask({ scenario, parameters }, (value) => {
      results.sayOptimum(value === null ? words.optimumUnknown : words.optimumKnown(value.toFixed(2)), value);
    });
  }

  /** Shows comparisons of more and more users; calls back when the first is drawn. */
  private async simulate(ready: ReadyExperiment, signal: AbortSignal, drawn: () => void): Promise<void> {
    const { words, results } = this;
    const users = ready.users.toLocaleString(words.locale);
    const onProgress = (share: number): void =>
      results.say(words.simulating(users, `${Math.floor(100 * share)} %`), share);
    let isFirst = true;
    try {
      for await (const each of compareMoreAndMore(ready, { workers: workersHere(), signal, onProgress })) {
        await results.show(each.comparison, each.complete);
        if (signal.aborted) return;
        if (isFirst) drawn();
        isFirst = false;
        if (each.complete) this.finish(each.comparison, users);
      }
    } catch (error) {
      if (!signal.aborted) results.say(words.failed(error instanceof Error ? error.message : String(error)), 0);
    }
  }

  private finish(comparison: Parameters<TakeAlong["show"]>[0], users: string): void {
    this.results.say(this.words.finished(users), 1);
    this.takeAlong.show(comparison);
    this.options.finished();
  }
}

/** Returns how many workers simulate: as many as there are cores, and not fewer than two, as one means the page's own thread. */
function workersHere(): number {
  return Math.min(MAX_WORKERS, Math.max(2, navigator.hardwareConcurrency));
}

function isReady(prepared: ReadyExperiment | readonly Mistake[]): prepared is ReadyExperiment {
  return !Array.isArray(prepared);
}
