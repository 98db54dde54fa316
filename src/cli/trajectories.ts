import { escapeControls } from "../check/escapeControls.js";
import { expectedMistake, numberMistake } from "../check/mistakes.js";
import type { World, RunPolicy, RunOptions } from "../index.js";
import { BLOCK_USERS } from "../statistics/blocks.js";
import { maxUsersOf } from "../montecarlo/options.js";
import { formatNumber } from "../report/formatNumber.js";
import { sampleUsers, writeTrajectories } from "../records/index.js";
import { FIRST_COLUMNS } from "../records/trajectoryColumns.js";
import { MAX_USERS, readUserNumbers } from "../records/userNumbers.js";
import { replacementMistake } from "../tables/tableFile.js";
import type { FlagValues } from "./flag.js";
import { SAMPLE, type trajectoryFlags } from "./flags.js";
import { withInterrupt } from "./interrupt.js";
import { note } from "./print.js";
import { withProgress } from "./progress.js";

type Values = FlagValues<typeof trajectoryFlags> & { readonly force: boolean };

/** Users whose episodes are to be written, and the file. */
export interface TrajectoryRequest {
  readonly path: string;
  /** Users listed by --trajectory-users; undefined for a sample. */
  readonly users: Uint32Array | undefined;
  readonly sample: number;
}

/** Reads the flags for a run with those options; undefined if no trajectories are asked for, or a flag is invalid. */
export function readTrajectoryRequest(
  values: Values,
  options: RunOptions,
  mistakes: string[],
): TrajectoryRequest | undefined {
  const { trajectories: path, trajectoryUsers: list, trajectorySample: sample } = values;
  const users = list === undefined ? undefined : readUsers(list, options, mistakes);
  const others = [
    path === undefined
      ? withoutFileMistake(values)
      : replacementMistake("--trajectories", path, { first: FIRST_COLUMNS, force: values.force }),
    list === undefined || sample === undefined
      ? undefined
      : expectedMistake("--trajectory-sample", "nothing beside --trajectory-users", sample),
    sample === undefined ? undefined : sampleMistake(sample, options),
  ];
  mistakes.push(...others.filter((mistake) => mistake !== undefined));
  return path === undefined ? undefined : { path, users, sample: sample ?? SAMPLE };
}

/** Writes the trajectories, and a note to stderr. Returns false if interrupted. */
export async function exportTrajectories(
  { path, users, sample }: TrajectoryRequest,
  world: World,
  policy: RunPolicy,
  options: RunOptions,
): Promise<boolean> {
  const { firstUser = 0, seed, steps } = options;
  const seeded = seed === undefined ? {} : { seed };
  const all = usersOf(options);
  const chosen = users ?? sampleUsers({ sample: Math.min(sample, all), users: all, firstUser, ...seeded });
  const wanted = { users: chosen, ...seeded, ...(steps !== undefined && { steps }) };
  return withInterrupt(async (signal) => {
    try {
      const write = (onProgress: (done: number) => void) =>
        writeTrajectories(path, world, policy, { ...wanted, onProgress, signal });
      const written = await withProgress(chosen.length, write);
      const whose = `${counted(written.rows, "step")} of ${counted(written.users, "user")}`;
      note(`Wrote ${whose} to ${escapeControls(path)}`);
      return true;
    } catch (error) {
      if (!signal.aborted) throw error;
      note(`Interrupted: ${escapeControls(path)} was not written.`);
      return false;
    }
  });
}

function readUsers(list: string, options: RunOptions, mistakes: string[]): Uint32Array | undefined {
  const field = "--trajectory-users";
  const ranges = list.split(",").map((part) => /^(\d+)(?:-(\d+))?$/.exec(part));
  const pairs = ranges.map((range) => [Number(range?.[1]), Number(range?.[2] ?? range?.[1])] as const);
  const wrong = pairs.some(([from, to]) => !(from <= to));
  const { first, last } = extentOf(options);
  if (wrong) mistakes.push(expectedMistake(field, "users and ranges such as 0,5,10-20", list));
  else if (pairs.some(([from, to]) => from < first || to > last)) {
    mistakes.push(expectedMistake(field, `users from ${first} to ${last}, as the run has`, list));
  } else {
    const { users, mistakes: refused } = readUserNumbers(field, numbersIn(pairs));
    mistakes.push(...refused);
    return users;
  }
  return undefined;
}

function* numbersIn(pairs: readonly (readonly [number, number])[]): Generator<number> {
  for (const [from, to] of pairs) for (let user = from; user <= to; user++) yield user;
}

function sampleMistake(sample: number, options: RunOptions): string | undefined {
  const { first, last } = extentOf(options);
  const max = Math.min(last - first + 1, MAX_USERS);
  return numberMistake("--trajectory-sample", sample, { min: 1, max, integer: true });
}

/** Returns the number of users that are certain to be simulated: with a precision, those of the first block. */
function usersOf(options: RunOptions): number {
  return options.precision === undefined ? maxUsersOf(options) : Math.min(BLOCK_USERS, maxUsersOf(options));
}

/** Returns the run's users; all possible users if those of the run are invalid. */
function extentOf(options: RunOptions): { first: number; last: number } {
  const { firstUser = 0 } = options;
  const users = usersOf(options);
  const last = firstUser + users - 1;
  const sound = Number.isInteger(last) && firstUser >= 0 && users >= 1 && last < 2 ** 32;
  return sound ? { first: firstUser, last } : { first: 0, last: 2 ** 32 - 1 };
}

function withoutFileMistake({ trajectoryUsers: users, trajectorySample: sample }: Values): string | undefined {
  const [flag, value] = users === undefined ? ["--trajectory-sample", sample] : ["--trajectory-users", users];
  return value === undefined ? undefined : expectedMistake(flag, "--trajectories beside it", value);
}

function counted(count: number, word: string): string {
  return `${formatNumber(count)} ${word}${count === 1 ? "" : "s"}`;
}
