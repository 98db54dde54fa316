import { parseArgs } from "node:util";

export interface Options {
  readonly rounds: number;
  readonly json: boolean;
}

const MOST_ROUNDS = 1000;

/** Reads the command line; on bad input says so on stderr and ends the process with exit code 2. */
export function readOptions(words: string[]): Options {
  try {
    return parseOptions(words);
  } catch (error) {
    console.error((error as Error).message);
    return process.exit(2);
  }
}

function parseOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: "string", default: "12" }, json: { type: "boolean", default: false } },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1 || rounds > MOST_ROUNDS) {
    throw new Error(`"rounds" expected an integer in [1, ${MOST_ROUNDS}], got "${values.rounds}"`);
  }
  return { rounds, json: values.json };
}
