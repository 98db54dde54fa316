import { scenarios } from "../index.js";
import { numberIn } from "./address.js";
import { button, element } from "./element.js";
import { DEFAULT_EXPERIMENT, type Experiment, type Mistake } from "./experiment.js";
import { Field } from "./field.js";
import { SLIDER_NAMES, type SliderName } from "./parameterFields.js";
import { parameterField } from "./parameterField.js";
import { PolicyChoice } from "./policyChoice.js";
import type { Words } from "./words.js";

/** Where form and results stand side by side, as in style.css. */
const WIDE = "(min-width: 60rem)";

/** The controls of an experiment. */
export class Form {
  readonly element = element("form", { class: "form" });
  private readonly words: Words;
  private readonly changed: (experiment: Experiment) => void;
  private experiment: Experiment;
  private fields: Field[] = [];
  /** Sliders and their fields; closed on a phone, so that the results are near. */
  private readonly parameters = element("details");
  private policies!: PolicyChoice;

  constructor(words: Words, experiment: Experiment, changed: (experiment: Experiment) => void) {
    this.words = words;
    this.experiment = experiment;
    this.changed = changed;
    this.element.addEventListener("submit", (event) => event.preventDefault());
    this.parameters.open = matchMedia(WIDE).matches;
    this.build();
  }

  /** Shows each mistake beside its field. */
  show(mistakes: readonly Mistake[]): void {
    for (const field of this.fields) {
      const broken = mistakes
        .filter((mistake) => mistake.field === field.name)
        .map(({ message }) => this.words.rule(message));
      field.show(broken);
      if (broken.length > 0 && this.parameters.contains(field.element)) this.parameters.open = true;
    }
  }

  private build(): void {
    const { words, experiment } = this;
    const scenario = new Field("scenario", words.scenario, this.scenarioSelect());
    const parameters = this.parameterNames().map((name) => this.parameter(name));
    const seed = textField("seed", words.seed, experiment.seed, (text) => this.change({ seed: text }));
    const users = textField("users", words.users, String(experiment.users), (text) => {
      this.change({ users: numberIn(text.replaceAll(/[,_\s]/g, "")) });
    });
    this.policies = new PolicyChoice(words, (policies) => this.change({ policies }));
    this.showPolicies();
    this.fields = [scenario, ...parameters, this.policies.field, seed, users];
    this.parameters.replaceChildren(
      element("summary", {}, words.parameters),
      ...parameters.map((field) => field.element),
    );
    const world = element("fieldset", {}, element("legend", {}, words.world), scenario.element, this.parameters);
    const ends = element("div", { class: "ends" }, seed.element, users.element);
    const reset = button(words.reset, () => this.replace(DEFAULT_EXPERIMENT));
    this.element.replaceChildren(world, this.policies.element, ends, reset);
  }

  /** All sliders, and what else the experiment names. */
  private parameterNames(): string[] {
    return [...new Set([...SLIDER_NAMES, ...Object.keys(this.experiment.parameters)])];
  }

  private parameter(name: string): Field {
    const label = this.words.parameter[name as SliderName] ?? name;
    const value = this.experiment.parameters[name] ?? presetValue(this.experiment.scenario, name);
    return parameterField(name, label, value, (next) => this.changeParameter(name, next)).field;
  }

  private scenarioSelect(): HTMLSelectElement {
    const { scenario } = this.experiment;
    const names = [...new Set([...Object.keys(scenarios), scenario])];
    const select = element("select", {}, ...names.map((name) => element("option", {}, name)));
    select.value = scenario;
    select.addEventListener("change", () =>
      this.replace({ ...this.experiment, scenario: select.value, parameters: {} }),
    );
    return select;
  }

  private changeParameter(name: string, value: number): void {
    const { [name]: _, ...others } = this.experiment.parameters;
    const isPreset = value === presetValue(this.experiment.scenario, name);
    this.change({ parameters: isPreset ? others : { ...others, [name]: value } });
  }

  private change(part: Partial<Experiment>): void {
    this.experiment = { ...this.experiment, ...part };
    this.showPolicies();
    this.changed(this.experiment);
  }

  /** Takes another experiment, whose fields may be others. */
  private replace(experiment: Experiment): void {
    const focused = document.activeElement?.id;
    this.experiment = experiment;
    this.build();
    if (focused) document.getElementById(focused)?.focus();
    this.changed(experiment);
  }

  private showPolicies(): void {
    const { scenario, parameters, policies } = this.experiment;
    this.policies.set(policies, parameters["slateSize"] ?? presetValue(scenario, "slateSize"));
  }
}

/** The number that a scenario has without being told; NaN for what is no number of a scenario. */
function presetValue(scenario: string, name: string): number {
  const parameters = Object.hasOwn(scenarios, scenario) ? scenarios[scenario]!.parameters : undefined;
  const value = parameters?.[name as keyof typeof parameters];
  return typeof value === "number" ? value : NaN;
}

function textField(name: string, label: string, value: string, changed: (text: string) => void): Field {
  const text = element("input", { type: "text", autocomplete: "off", value });
  text.addEventListener("input", () => changed(text.value));
  return new Field(name, label, text);
}
