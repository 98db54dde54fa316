import { didYouMean } from "../check/didYouMean.js";
import { InvalidInput } from "../check/invalidInput.js";
import { showValue } from "../check/showValue.js";

/** Throws an error that there is no command of that name, with a suggestion or the list of commands. */
export function refuseCommand(name: string, names: readonly string[]): never {
  const hint = didYouMean(name, names) || `: try ${names.join(", ")} or --help`;
  throw new InvalidInput([`${showValue(name)} is not a command${hint}`]);
}
