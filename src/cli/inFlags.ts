import { InvalidInput } from "../check/invalidInput.js";

/** Does the work. Mistakes that begin with an option of the API are told of by the flag that stands for it. */
export async function inFlags(flags: Readonly<Record<string, string>>, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const mistakes = error.mistakes.map((mistake) => flagMistake(mistake, flags));
    throw new InvalidInput(mistakes);
  }
}

/** Options are named in front, in the rule, and where the sentence ends with what to do; the value that was given may look like one. */
function flagMistake(mistake: string, flags: Readonly<Record<string, string>>): string {
  const flagOf = (name: string): string => (Object.hasOwn(flags, name) ? `--${flags[name]}` : name);
  const [rule = "", ...value] = mistake.split(", got ");
  const told = rule
    .replace(/^"(\w+)"/, (_, name: string) => `"${flagOf(name)}"`)
    .replace(/\b(beside|without) (\w+)$/, (_, how: string, name: string) => `${how} ${flagOf(name)}`)
    .replace(/\(force replaces it\)$/, `(${flagOf("force")} replaces it)`);
  const rest = [told, ...value].join(", got ").replace(/, got undefined$/, ", got nothing");
  return rest.replace(/\(resume with repair: (?=[^()]*\)$)/, `(${flagOf("resume")} with ${flagOf("repair")}: `);
}
