import type { Comparison } from "../index.js";
import { addressOf } from "./address.js";
import { button, element } from "./element.js";
import type { Experiment } from "./experiment.js";
import { commandOf, programOf } from "./instructions.js";
import type { Words } from "./words.js";

/** Buttons that take the experiment along: its link, the command line, the program, the report. */
export class TakeAlong {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly said = element("p", { role: "status" });
  private readonly text = element("pre", { tabindex: "0" });
  private readonly downloadButton: HTMLButtonElement;
  private experiment: Experiment | undefined;
  private comparison: Comparison | undefined;

  constructor(words: Words) {
    this.words = words;
    this.downloadButton = button(words.download, () => void this.download());
    this.downloadButton.disabled = true;
    this.text.hidden = true;
    this.element = element(
      "section",
      { "aria-labelledby": "take-along" },
      element("h2", { id: "take-along" }, words.takeAlong),
      element(
        "div",
        { class: "buttons" },
        button(words.copyLink, () => void this.copy(() => location.href)),
        button(words.copyCommand, () => void this.copy(commandOf)),
        button(words.copyProgram, () => void this.copy(programOf)),
        this.downloadButton,
      ),
      this.said,
      this.text,
    );
  }

  /** An experiment that has no results yet. */
  begin(experiment: Experiment): void {
    this.experiment = experiment;
    this.comparison = undefined;
    this.downloadButton.disabled = true;
    this.said.textContent = "";
    this.text.hidden = true;
  }

  show(comparison: Comparison): void {
    this.comparison = comparison;
    void loadReport(); // so that the report can be made without a network too
    this.downloadButton.disabled = false;
  }

  private async copy(textOf: (experiment: Experiment) => string): Promise<void> {
    if (this.experiment === undefined) return;
    this.text.textContent = textOf(this.experiment);
    try {
      await navigator.clipboard.writeText(this.text.textContent);
      this.said.textContent = this.words.copied;
    } catch {
      this.said.textContent = this.words.notCopied;
    }
    this.text.hidden = false;
  }

  private async download(): Promise<void> {
    const [comparison, experiment] = [this.comparison!, this.experiment!];
    const { report } = await loadReport();
    const html = await report(comparison, { command: commandOf(experiment) });
    const url = URL.createObjectURL(new Blob([html], { type: "text/html" }));
    const name = `slatesim-${addressOf(experiment)
      .replaceAll(/[^\w.]+/g, "-")
      .slice(0, 100)}.html`;
    element("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}

async function loadReport() {
  return import("../htmlReport/index.js");
}
