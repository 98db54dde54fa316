import { bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { javascript } from "@codemirror/lang-javascript";
import { lintGutter, setDiagnostics, type Diagnostic } from "@codemirror/lint";
import { keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import { EditorView, minimalSetup } from "codemirror";
import type { SourceMistake } from "../../compiler/sourceText.js";

/** What a source editor tells. */
export interface SourceListener {
  /** The text is another. */
  changed(): void;
  /** Ctrl-Enter or ⌘-Enter. */
  entered(): void;
}

/** The text of a world file in an editor, with mistakes at their lines. */
export class SourceEditor {
  readonly element: HTMLElement;
  private readonly view: EditorView;

  constructor(label: string, text: string, { changed, entered }: SourceListener) {
    const enter = { key: "Mod-Enter", run: () => (entered(), true) };
    this.view = new EditorView({
      doc: text,
      extensions: [
        keymap.of([enter]), // before minimalSetup, which has another meaning for it
        minimalSetup,
        lineNumbers(),
        lintGutter(),
        bracketMatching(),
        indentOnInput(),
        javascript({ typescript: true }),
        syntaxHighlighting(classHighlighter), // colours by editor.css, for light and dark
        EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
        EditorView.updateListener.of(({ docChanged }) => void (docChanged && changed())),
      ],
    });
    this.element = this.view.dom;
  }

  get text(): string {
    return this.view.state.doc.toString();
  }

  set text(text: string) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  /** Marks mistakes at their lines; none takes the marks away. */
  mark(mistakes: readonly SourceMistake[]): void {
    const diagnostics = mistakes.map((mistake): Diagnostic => {
      const from = this.placeOf(mistake);
      const to = this.view.state.wordAt(from)?.to ?? Math.min(from + 1, this.view.state.doc.length);
      return { from, to, severity: "error", message: mistake.message };
    });
    this.view.dispatch(setDiagnostics(this.view.state, diagnostics));
  }

  /** Puts the cursor where a mistake is. */
  goTo(mistake: SourceMistake): void {
    this.view.dispatch({ selection: { anchor: this.placeOf(mistake) }, scrollIntoView: true });
    this.view.focus();
  }

  end(): void {
    this.view.destroy();
  }

  /** The text may have changed since the mistake was found. */
  private placeOf({ line, column }: SourceMistake): number {
    const { doc } = this.view.state;
    const { from, to } = doc.line(Math.min(line, doc.lines));
    return Math.min(from + column - 1, to);
  }
}
