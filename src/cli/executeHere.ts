import { commands } from "./commands.js";
import { orFail } from "./fail.js";
import { withFlagNames } from "./withFlagNames.js";

/** Executes the command of that name in this thread. */
export function executeHere(name: string, words: readonly string[]): Promise<void> {
  const entry = commands.find((command) => command.name === name)!;
  return orFail(async () => {
    const { flags, execute } = await entry.load();
    await withFlagNames(flags, () => execute(words));
  });
}
