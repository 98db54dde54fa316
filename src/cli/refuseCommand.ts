import { didYouMean } from "../check/didYouMean.js";
import { InvalidInput } from "../check/invalidInput.js";
import { showValue } from "../check/showValue.js";

/** Says that there is no command of that name, and which there are. */
export function refuseCommand(name: string, names: readonly string[]): never {
  const hint = didYouMean(name, names) || `: try ${names.join(", ")} or --help`;
  throw new InvalidInput([`${showValue(name)} is not a command${hint}`]);
}
