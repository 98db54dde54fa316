import { importCompiledModule } from "../../worlds/compiled/importCompiledModule.js";
import { button, element } from "../element.js";
import { compareMoreAndMore, workersHere } from "../growingComparison.js";
import { Results } from "../results.js";
import type { Words } from "../words.js";
import { compiledCommandOf, compiledExperiment, fileOf, type Settings } from "./compiledExperiment.js";
import { Compiler, type CompiledModule } from "./compiler.js";
import { MistakeList } from "./mistakeList.js";
import { rewardWords } from "./rewardWords.js";
import { SourceEditor } from "./sourceEditor.js";
import { MAX_PACKED, packSource } from "./sourceLink.js";
import { WorldFiles } from "./worldFiles.js";
// oxlint-disable-next-line import/default -- Vite makes a module of its text
import example from "./patience.world.ts?raw";

/** Milliseconds without a change before the link is made anew. */
const PAUSE = 400;
/** A world whose file says no name. */
const FILE = "world.world.ts";

/** The page around an editor. */
export interface EditorHost {
  /** Seed and users of the page; undefined while its fields have mistakes. */
  settings(): Settings | undefined;
  /** Called with the world file as the link holds it; undefined for none. */
  changed(packed: string | undefined): void;
  /** Called before a simulation, which needs the cores, and after it. */
  interrupt(): void;
  resume(): void;
}

/** A world file that is edited, compiled in the browser and simulated. */
export class WorldEditor {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly host: EditorHost;
  private readonly source: SourceEditor;
  private readonly mistakes: MistakeList;
  private readonly results: Results;
  private readonly files: WorldFiles;
  private readonly compiler = new Compiler();
  private readonly status = element("p", { class: "editor-status", role: "status" });
  private readonly compileButton: HTMLButtonElement;
  private running = new AbortController();
  private pause: ReturnType<typeof setTimeout> | undefined;

  /** `text`: that of the link; the example otherwise. */
  constructor(words: Words, text: string | undefined, host: EditorHost) {
    this.words = words;
    this.host = host;
    this.compileButton = button(words.compile, () => void this.run());
    this.source = new SourceEditor(words.worldFile, text ?? example, {
      changed: () => this.shareLater(),
      entered: () => void this.run(),
    });
    this.mistakes = new MistakeList(words, (mistake) => this.source.goTo(mistake));
    this.results = new Results(rewardWords(words), ["totals", "differences", "reward", "distribution"], "world-");
    this.results.element.hidden = true;
    this.files = new WorldFiles(words);
    const back = button(words.useExample, () => void (this.source.text = example));
    this.element = element(
      "div",
      {},
      this.source.element,
      element("div", { class: "buttons" }, this.compileButton, back),
      element("p", { class: "hint" }, words.compileHint),
      this.status,
      this.mistakes.element,
      this.results.element,
      this.files.element,
    );
  }

  /** Compiles the text, and simulates its world or says what is wrong with it. */
  async run(): Promise<void> {
    if (this.compileButton.disabled) return; // it compiles already
    this.running.abort();
    const { signal } = (this.running = new AbortController());
    const { words } = this;
    this.show([]);
    this.status.textContent = words.compiling;
    this.compileButton.disabled = true;
    await this.share();
    const source = this.source.text;
    const answer = await this.compiler.ask({ source, file: FILE });
    this.compileButton.disabled = false;
    if (signal.aborted) return;
    this.status.textContent = "";
    if ("module" in answer) return this.simulate(answer, source, signal);
    if ("mistakes" in answer) this.show(answer.mistakes);
    else this.status.textContent = words.failed(answer.failure);
  }

  /** Ends all work. */
  end(): void {
    clearTimeout(this.pause);
    this.running.abort();
    this.compiler.end();
    this.source.end();
  }

  private show(mistakes: Parameters<MistakeList["show"]>[0]): void {
    this.mistakes.show(mistakes);
    this.source.mark(mistakes);
  }

  /** Shows comparisons of more and more users in a compiled world. */
  private async simulate({ module, name }: CompiledModule, source: string, signal: AbortSignal): Promise<void> {
    const { words, results, host } = this;
    const settings = host.settings();
    if (settings === undefined) return void (this.status.textContent = words.waiting);
    const users = settings.users.toLocaleString(words.locale);
    const onProgress = (share: number): void =>
      results.say(words.simulating(users, `${Math.floor(100 * share)} %`), share);
    results.element.hidden = false;
    host.interrupt();
    try {
      const experiment = compiledExperiment(await importCompiledModule(module), settings);
      results.makeRoom(experiment.policies.length);
      this.files.show(fileOf(name), source, compiledCommandOf(experiment, fileOf(name)));
      for await (const each of compareMoreAndMore(experiment, { workers: workersHere(), signal, onProgress })) {
        await results.show(each.comparison, each.complete);
        if (signal.aborted) return;
        const speed = Math.round(each.comparison.timing.userStepsPerSecond).toLocaleString(words.locale);
        if (each.complete) results.say(words.simulatedAt(users, speed), 1);
      }
    } catch (error) {
      if (!signal.aborted) results.say(words.failed(error instanceof Error ? error.message : String(error)), 0);
    }
    if (!signal.aborted) host.resume();
  }

  private shareLater(): void {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => void this.share(), PAUSE);
  }

  /** Puts the text into the link, unless it is too long for one. */
  private async share(): Promise<void> {
    clearTimeout(this.pause);
    const { text } = this.source;
    const packed = await packSource(text);
    const fits = packed.length <= MAX_PACKED;
    if (!fits) this.status.textContent = this.words.tooLongForLink(packed.length, MAX_PACKED);
    if (text === this.source.text) this.host.changed(fits ? packed : undefined);
  }
}
