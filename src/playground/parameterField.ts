import { numberIn } from "./address.js";
import { element } from "./element.js";
import { Field } from "./field.js";
import { SLIDERS, type SliderName } from "./parameterFields.js";

/** Makes a field for a number: its text, and a slider if the page has one for it. Calls back with NaN for what is no number. */
export function parameterField(
  name: string,
  label: string,
  value: number,
  changed: (value: number) => void,
): { readonly field: Field; set(value: number): void } {
  const text = element("input", { type: "text", inputmode: "decimal", autocomplete: "off", size: "8" });
  const slider = Object.hasOwn(SLIDERS, name) ? sliderOf(SLIDERS[name as SliderName]) : undefined;
  const set = (next: number): void => {
    text.value = String(next);
    if (slider) slider.value = String(next);
  };
  set(value);
  text.addEventListener("input", () => {
    if (slider) slider.value = text.value;
    changed(numberIn(text.value));
  });
  slider?.addEventListener("input", () => {
    text.value = slider.value;
    changed(Number(slider.value));
  });
  return { field: new Field(name, label, text, ...(slider ? [slider] : [])), set };
}

function sliderOf({ min, max, step }: (typeof SLIDERS)[SliderName]): HTMLInputElement {
  return element("input", { type: "range", min: String(min), max: String(max), step: String(step) });
}
