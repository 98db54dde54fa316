// The choice model of a compiled world, for its reference and for its kernel.
import type { ChoiceModel } from "../../choice/choiceModel.js";
import { choiceModels } from "../../choice/choiceModels.js";
import { CHOICE_NUMBERS } from "../../compiler/choiceNumbers.js";
import type { ChoiceForm } from "../../compiler/program.js";

type Parameters = Readonly<Record<string, number | boolean>>;

/** Returns the choice model of a world with those parameters. Throws `InvalidInput` for numbers that it cannot have. */
export function choiceOf(choice: ChoiceForm, parameters: Parameters): ChoiceModel {
  const make = choiceModels[choice.model] as (options: Readonly<Record<string, number>>) => ChoiceModel;
  return make(Object.fromEntries(namedNumbers(choice, parameters)));
}

/** Returns the numbers of a choice model in the order in which a world file says them. */
export function choiceNumbers(choice: ChoiceForm, parameters: Parameters): number[] {
  return namedNumbers(choice, parameters).map(([, number]) => number);
}

function namedNumbers({ model, numbers }: ChoiceForm, parameters: Parameters): [name: string, number: number][] {
  return CHOICE_NUMBERS[model].map(({ name }) => {
    const given = numbers[name]!;
    return [name, typeof given === "number" ? given : Number(parameters[given.name])];
  });
}
