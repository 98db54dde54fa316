import { element } from "./element.js";

/** A control with its label, and below it the rule that its value breaks. */
export class Field {
  readonly name: string;
  readonly element: HTMLElement;
  private readonly controls: readonly HTMLElement[];
  private readonly rule: HTMLElement;

  /** `controls`: the first has the label; the others repeat it in another form, such as a slider. */
  constructor(name: string, label: string, ...controls: readonly HTMLElement[]) {
    this.name = name;
    this.controls = controls;
    const [first] = controls as readonly [HTMLElement];
    first.id = `field-${name}`;
    this.rule = element("p", { class: "mistake", id: `mistake-${name}`, role: "status" });
    for (const control of controls) control.setAttribute("aria-describedby", this.rule.id);
    for (const control of controls.slice(1)) control.setAttribute("aria-label", label);
    const inRow = element("div", { class: "controls" }, ...controls);
    this.element = element("div", { class: "field" }, element("label", { for: first.id }, label), inRow, this.rule);
  }

  /** Shows the rules that the value breaks; none for a valid one. */
  show(messages: readonly string[]): void {
    this.rule.textContent = messages.join(" ");
    for (const control of this.controls) control.setAttribute("aria-invalid", String(messages.length > 0));
  }
}
