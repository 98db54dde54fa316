import { button, element } from "../element.js";
import type { Words } from "../words.js";

/** The world file to download, and the command that simulates it in a terminal. */
export class WorldFiles {
  readonly element: HTMLElement;
  private readonly command = element("pre", { tabindex: "0" });
  private readonly said = element("p", { role: "status" });
  private readonly words: Words;
  private file = "";
  private source = "";

  constructor(words: Words) {
    this.words = words;
    const buttons = [button(words.downloadWorld, () => this.download()), button(words.copyCommand, () => this.copy())];
    this.element = element(
      "div",
      {},
      element("p", { class: "hint" }, words.inTerminal),
      this.command,
      element("div", { class: "buttons" }, ...buttons),
      this.said,
    );
    this.element.hidden = true;
  }

  /** `source` is what was compiled; the editor may hold another text by now. */
  show(file: string, source: string, command: string): void {
    this.file = file;
    this.source = source;
    this.command.textContent = command;
    this.said.textContent = "";
    this.element.hidden = false;
  }

  private async copy(): Promise<void> {
    const copied = await navigator.clipboard.writeText(this.command.textContent).then(
      () => true,
      () => false,
    );
    this.said.textContent = copied ? this.words.copied : this.words.notCopied;
  }

  private download(): void {
    const url = URL.createObjectURL(new Blob([this.source], { type: "text/plain" }));
    element("a", { href: url, download: this.file }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}
