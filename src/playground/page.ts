import { button, element } from "./element.js";
import { EpisodeView } from "./episodeView.js";
import { EditorSection } from "./editor/editorSection.js";
import { prepare, type Experiment, type Mistake, type ReadyExperiment } from "./experiment.js";
import { Form } from "./form.js";
import { compareMoreAndMore, workersHere } from "./growingComparison.js";
import { LANGUAGES, type Language } from "./languages.js";
import { OptimumSolver } from "./optimum.js";
import { People } from "./people.js";
import { Results } from "./results.js";
import { TakeAlong } from "./takeAlong.js";
import type { Words } from "./words.js";

/** Milliseconds without a change before work begins: while a slider moves there is a change at every frame. */
const PAUSE = 60;

/** What a page is opened with. */
export interface PageOptions {
  readonly language: Language;
  readonly experiment: Experiment;
  /** The packed world file of the link. */
  readonly source: string | undefined;
  /** Called with what the link is to hold, when fields and editor are left alone for a moment. */
  changed(experiment: Experiment, source: string | undefined): void;
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
  private readonly editor: EditorSection;
  private readonly problem = element("div", { class: "problem", role: "alert" });
  private readonly solver = new OptimumSolver();
  private running = new AbortController();
  private experiment: Experiment;
  private source: string | undefined;
  /** Whether all users of the experiment are simulated. */
  private isFinished = false;

  constructor(options: PageOptions) {
    const words = LANGUAGES[options.language];
    this.options = options;
    this.words = words;
    this.form = new Form(words, options.experiment, (experiment) => this.change(experiment));
    this.results = new Results(words);
    this.people = new People(words, (user) => this.episode.choose(user));
    this.episode = new EpisodeView(words, (user) => this.people.mark(user));
    this.takeAlong = new TakeAlong(words);
    this.experiment = options.experiment;
    this.source = options.source;
    this.editor = this.editorSection();
    this.element = this.build();
    this.refuse(this.start(options.experiment, 0));
  }

  /** Ends all work. */
  end(): void {
    this.stop();
    this.editor.end();
  }

  /** Ends the work on the experiment. */
  private stop(): void {
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
    const shown = element(
      "div",
      { class: "shown" },
      this.results.element,
      this.takeAlong.element,
      people,
      this.editor.element,
    );
    const top = element("header", {}, element("h1", {}, words.title), this.languageSelect());
    const introduction = element("p", { class: "introduction" }, words.introduction);
    const columns = element("div", { class: "columns" }, this.form.element, shown);
    document.title = words.title;
    return element("div", {}, top, introduction, this.problem, columns);
  }

  /** Its simulations have the cores for themselves: the page's own one begins again after them. */
  private editorSection(): EditorSection {
    return new EditorSection(this.words, this.source, {
      settings: () => {
        const ready = prepare(this.experiment);
        return isReady(ready) ? ready : undefined;
      },
      changed: (source) => {
        this.source = source;
        this.options.changed(this.experiment, source);
      },
      interrupt: () => {
        if (this.isFinished) return;
        this.stop();
        this.results.say(this.words.paused, 0);
      },
      resume: () => {
        if (!this.isFinished) this.start(this.experiment, 0);
      },
    });
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
    this.stop();
    this.experiment = experiment;
    this.isFinished = false;
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
      this.options.changed(experiment, this.source); // not at every frame: browsers refuse an address that changes so often
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
    this.isFinished = true;
    this.results.say(this.words.finished(users), 1);
    this.takeAlong.show(comparison);
    this.options.finished();
  }
}

function isReady(prepared: ReadyExperiment | readonly Mistake[]): prepared is ReadyExperiment {
  return !Array.isArray(prepared);
}
