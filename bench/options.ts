import { parseArgs } from "node:util";

export interface Options {
  readonly processes: number;
  /** In each process. */
  readonly rounds: number;
  readonly json: boolean;
}

const MOST = 1000;

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
    options: {
      processes: { type: "string", default: "1" },
      rounds: { type: "string", default: "12" },
      json: { type: "boolean", default: false },
    },
  });
  const { processes, rounds, json } = values;
  return { processes: parseCount("processes", processes), rounds: parseCount("rounds", rounds), json };
}

function parseCount(name: string, text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= MOST) return count;
  throw new Error(`"${name}" expected an integer in [1, ${MOST}], got "${text}"`);
}
