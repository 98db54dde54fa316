import { element } from "./element.js";
import { Field } from "./field.js";
import type { Words } from "./words.js";

/** The policies of the experiment: boxes to tick, and the one that the others are compared with. */
export class PolicyChoice {
  readonly element: HTMLElement;
  readonly field: Field;
  private readonly boxes = element("div", { class: "boxes", role: "group" });
  private readonly baseline = element("select");
  private readonly changed: (policies: readonly string[]) => void;
  private chosen: readonly string[] = [];

  constructor(words: Words, changed: (policies: readonly string[]) => void) {
    this.changed = changed;
    this.boxes.setAttribute("aria-label", words.policies);
    this.field = new Field("policies", words.baseline, this.baseline);
    this.baseline.addEventListener("change", () => this.choose(this.chosen));
    const hint = element("p", { class: "hint" }, words.policiesHint);
    this.element = element("fieldset", {}, element("legend", {}, words.policies), hint, this.boxes, this.field.element);
  }

  /** Shows the policies of slates of that size, and those of the experiment among them. */
  set(chosen: readonly string[], slateSize: number): void {
    this.chosen = chosen;
    const names = [...new Set([...namesFor(slateSize), ...chosen])];
    const shown = [...this.boxes.querySelectorAll("input")].map(({ value }) => value);
    if (shown.join() !== names.join()) this.boxes.replaceChildren(...names.map((name) => this.box(name)));
    for (const box of this.boxes.querySelectorAll("input")) box.checked = chosen.includes(box.value);
    this.baseline.replaceChildren(...chosen.map((name) => element("option", {}, name)));
    this.baseline.value = chosen[0] ?? "";
  }

  private box(name: string): HTMLElement {
    const box = element("input", { type: "checkbox", value: name });
    box.addEventListener("change", () => {
      const others = this.chosen.filter((each) => each !== name);
      this.choose(box.checked ? [...others, name] : others);
    });
    return element("label", {}, box, ` ${name}`);
  }

  private choose(names: readonly string[]): void {
    const { value } = this.baseline;
    this.changed(names.includes(value) ? [value, ...names.filter((name) => name !== value)] : names);
  }
}

function namesFor(slateSize: number): string[] {
  const mixes = Math.min(Math.max(0, Math.trunc(slateSize) || 0), 32);
  return ["random", "first", ...Array.from({ length: mixes + 1 }, (_, fromTop) => `mix(${fromTop})`)];
}
