// The choice model that a world file exports.
import { describeRule, numberMistake } from "../check/mistakes.js";
import { CHOICE_MODELS, CHOICE_NUMBERS, type ChoiceModelName, type ChoiceNumber } from "./choiceNumbers.js";
import type { FileScope } from "./fileScope.js";
import type { ChoiceForm, Field } from "./program.js";
import type { ExpressionSyntax } from "./syntax.js";

const FORMS = CHOICE_MODELS.map((model) => formOf(model)).join(" or ");

/** Returns the choice model of a file; notes what is wrong with it. */
export function checkChoice(file: FileScope): ChoiceForm {
  const constant = file.exportedConstants.get("choice");
  const call = constant?.value;
  const model = call?.kind === "call" ? modelOf(file.libraryName(call.callee)) : undefined;
  if (call?.kind !== "call" || model === undefined || !takes(model, call.args.length)) {
    const message = `expected export const choice = ${FORMS}`;
    if (constant === undefined) file.source.noteLack(message);
    else file.source.note(constant.at, message);
    return { model: "multinomialLogit", numbers: { noClickLogit: -Infinity } };
  }
  const numbers = Object.fromEntries(
    numbersOf(model).map((expected, place) => [expected.name, choiceNumber(file, expected, call.args[place])]),
  );
  const { minNormalizer: least, noClickMass: mass } = numbers;
  if (typeof least === "number" && typeof mass === "number" && mass < least)
    file.source.note(
      (call.args[1] ?? call).at,
      `expected noClickMass of at least minNormalizer (${least}), not ${mass}`,
    );
  return { model, numbers };
}

/** `multinomialProportional(minNormalizer, noClickMass)` */
function formOf(model: ChoiceModelName): string {
  const names = numbersOf(model).map(({ name }) => name);
  return `${model}(${names.join(", ")})`;
}

function numbersOf(model: ChoiceModelName): readonly ChoiceNumber[] {
  return CHOICE_NUMBERS[model];
}

function modelOf(name: string | undefined): ChoiceModelName | undefined {
  return CHOICE_MODELS.find((model) => model === name);
}

/** Whether a model can be made of that many numbers: its last ones may be left out where they have a value without. */
function takes(model: ChoiceModelName, count: number): boolean {
  const numbers = numbersOf(model);
  return count <= numbers.length && numbers.slice(count).every(({ fallback }) => fallback !== undefined);
}

/** A number, NaN for one that is refused, or a parameter of the world, which is checked when a world is made. */
function choiceNumber(
  file: FileScope,
  { name, rule, fallback }: ChoiceNumber,
  syntax: ExpressionSyntax | undefined,
): number | Field {
  if (syntax === undefined) return fallback!;
  if (syntax.kind === "member" && syntax.object.kind === "name" && syntax.object.name === file.parameters)
    return parameter(file, syntax.property, syntax.at);
  const value = file.constant(syntax);
  if (Number.isNaN(value)) return NaN; // noted already
  if (numberMistake(name, value, rule) === undefined) return value;
  file.source.note(syntax.at, `expected ${name} to be ${describeRule(rule)}, not ${value}`);
  return NaN;
}

function parameter(file: FileScope, property: string, at: number): number | Field {
  const field = file.records.get("Parameters")?.fields.find(({ name }) => name === property);
  if (field === undefined) file.source.note(at, `expected a field of Parameters, not ${property}`);
  if (at < file.parametersAt) file.source.note(at, `expected ${file.parameters} to be declared before choice`);
  return field ?? NaN;
}
