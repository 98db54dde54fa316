import type { SourceMistake } from "../../compiler/sourceText.js";
import { button, element } from "../element.js";
import type { Words } from "../words.js";

/** The mistakes of a world file as a list, which is read aloud; a button of each goes to its line. */
export class MistakeList {
  readonly element = element("div", { class: "source-mistakes", "aria-live": "polite" });
  private readonly words: Words;
  private readonly goTo: (mistake: SourceMistake) => void;

  constructor(words: Words, goTo: (mistake: SourceMistake) => void) {
    this.words = words;
    this.goTo = goTo;
  }

  show(mistakes: readonly SourceMistake[]): void {
    if (mistakes.length === 0) return this.element.replaceChildren();
    const items = mistakes.map((mistake) => {
      const place = button(this.words.atLine(mistake.line, mistake.column), () => this.goTo(mistake));
      return element("li", {}, place, " ", element("span", { lang: "en" }, mistake.message)); // the compiler speaks English
    });
    this.element.replaceChildren(
      element("p", {}, this.words.mistakesFound(mistakes.length)),
      element("ol", {}, ...items),
    );
  }
}
