import { button, element } from "../element.js";
import type { Words } from "../words.js";
import { unpackSource } from "./sourceLink.js";
import type { EditorHost, WorldEditor } from "./worldEditor.js";

/** The part of the page where a world file is edited; the editor is loaded when it is opened, or when the link holds a file. */
export class EditorSection {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly host: EditorHost;
  private readonly details = element("details", { id: "world-editor" });
  private readonly place = element("div", { class: "editor" });
  private editor: WorldEditor | undefined;
  private isOpen = false;
  private hasEnded = false;

  /** `packed`: the world file of the link. */
  constructor(words: Words, packed: string | undefined, host: EditorHost) {
    this.words = words;
    this.host = host;
    this.details.append(element("summary", {}, words.openEditor), this.place);
    this.details.addEventListener("toggle", () => {
      if (this.details.open) void this.open(packed);
    });
    this.element = element(
      "section",
      { "aria-labelledby": "own-world" },
      element("h2", { id: "own-world" }, words.ownWorld),
      element("p", { class: "hint" }, words.ownWorldHint),
      this.details,
    );
    if (packed !== undefined) this.details.open = true;
  }

  /** Ends all work. */
  end(): void {
    this.hasEnded = true;
    this.editor?.end();
  }

  private async open(packed: string | undefined): Promise<void> {
    if (this.isOpen) return;
    this.isOpen = true;
    this.place.replaceChildren(element("p", { role: "status" }, this.words.loadingEditor));
    try {
      const source = packed === undefined ? undefined : await unpackSource(packed);
      await this.load(source);
    } catch (error) {
      this.refuse(error instanceof Error ? error.message : String(error));
    }
  }

  private async load(source: string | undefined): Promise<void> {
    const { WorldEditor } = await import("./worldEditor.js");
    if (this.hasEnded) return;
    this.editor = new WorldEditor(this.words, source, this.host);
    this.place.replaceChildren(this.editor.element);
    if (source === undefined) return;
    this.element.scrollIntoView();
    void this.editor.run();
  }

  /** Says why there is no editor, and offers the example. */
  private refuse(reason: string): void {
    const back = button(this.words.useExample, () => {
      this.host.changed(undefined);
      this.isOpen = false;
      void this.open(undefined);
    });
    const said = element("p", {}, `${this.words.wrongSource} ${this.words.rule(reason)}`);
    this.place.replaceChildren(element("div", { class: "problem", role: "alert" }, said, back));
  }
}
