import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../../check/mistakes.js";
import { isArray, isList } from "../../check/lists.js";
import { listOnce, reading, readOnce } from "../../check/readOnce.js";
import { highWord, lowWord } from "../../numeric/bits.js";
import { hash64 } from "../../numeric/hash64.js";
import {
  NUMERIC_PARAMETERS,
  USER_PARAMETERS,
  type UserColumns,
  type UserParameter,
  type UserRow,
  type UserTable,
} from "./parameters.js";

/** Most rows. */
export const MAX_ROWS = 2 ** 26;
/** Errors that are told of one table. */
const MAX_MISTAKES = 20;

/** Tables without errors. */
const tables = new WeakSet<object>();

function isTable(given: unknown): given is UserTable {
  return typeof given === "object" && given !== null && tables.has(given);
}

class ColumnTable implements UserTable {
  readonly rows: number;
  readonly columns: Readonly<Partial<Record<UserParameter, Float64Array>>>;
  readonly hash: string;

  /** Copies columns without errors. */
  constructor({ columns }: UserColumns) {
    const names = USER_PARAMETERS.filter((name) => columns[name] !== undefined);
    const copies = names.map((name) => [name, Float64Array.from(columns[name]!, (x) => x + 0)] as const); // 0 for -0
    this.columns = Object.freeze(Object.fromEntries(copies));
    this.rows = copies[0]![1].length;
    this.hash = hash64(copies.map(([name, column]) => `${name}=${wordsOf(column)}\n`).join(""));
    tables.add(Object.freeze(this));
  }

  toJSON(): object {
    return { rows: this.rows, columns: Object.keys(this.columns), hash: this.hash };
  }
}

/** Returns 64 bits over the words of a column, the lower one of each number first, as text: FNV-1a, and a second mix of the same words. */
function wordsOf(column: Float64Array): string {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  const stir = (word: number): void => {
    a = Math.imul(a ^ word, 0x01000193);
    b = Math.imul(b ^ word ^ (a >>> 15), 0x85ebca6b);
  };
  for (const x of column) {
    stir(lowWord(x));
    stir(highWord(x));
  }
  return `${column.length}:${a >>> 0}:${b >>> 0}`;
}

/** Reads users once, rows or columns; anything else stays as it is. */
export function usersOnce(given: unknown): unknown {
  if (isTable(given) || given === null || given === undefined) return given;
  if (isList(given)) {
    const rows: unknown = listOnce("users", given);
    return isArray(rows) ? rows.map((row, i) => readOnce(`users[${i}]`, row as object, USER_PARAMETERS)) : rows;
  }
  if (objectMistake("users", given) !== undefined) return given;
  const { columns, ...rest } = readOnce("users", given as Partial<UserColumns>, ["columns"]);
  if (objectMistake("users.columns", columns) !== undefined) return { ...rest, columns };
  const read = Object.entries(readOnce("users.columns", columns!, USER_PARAMETERS)) as [string, unknown][];
  return { columns: Object.fromEntries(read.map(([name, column]) => [name, columnOnce(name, column)])) };
}

/** Reads a column once: a typed array may have many more numbers than a list. */
function columnOnce(name: string, column: unknown): unknown {
  const field = `users.columns.${name}`;
  if (!ArrayBuffer.isView(column)) return listOnce(field, column);
  return reading(field, "a list of numbers that can be read", column, () => new Float64Array(column as Float64Array));
}

/** Returns the table of users without errors. */
export function tableOf(users: readonly UserRow[] | UserColumns): UserTable {
  if (isTable(users)) return users;
  return new ColumnTable(isRows(users) ? columnsOf(users) : users);
}

function isRows(users: readonly UserRow[] | UserColumns): users is readonly UserRow[] {
  return isArray(users);
}

function columnsOf(rows: readonly UserRow[]): UserColumns {
  const names = Object.keys(rows[0]!) as UserParameter[];
  return { columns: Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name]!)])) };
}

/** Returns the errors of users that were read once; of many the first ones. */
export function tableMistakes(users: unknown): string[] {
  if (isTable(users)) return [];
  const mistakes = isArray(users) ? rowsMistakes(users) : columnsMistakes(users);
  return mistakes.slice(0, MAX_MISTAKES);
}

function rowsMistakes(rows: readonly unknown[]): string[] {
  if (rows.length === 0 || rows.length > MAX_ROWS) return [expectedMistake("users", TABLE, rows)];
  const names = objectMistake("users[0]", rows[0]) === undefined ? Object.keys(rows[0] as object) : [];
  const some = `an object with some of ${USER_PARAMETERS.join(", ")}`;
  const mistakes = names.length === 0 ? [expectedMistake("users[0]", some, rows[0])] : [];
  for (let i = 0; i < rows.length && mistakes.length < MAX_MISTAKES; i++) {
    mistakes.push(...rowMistakes(`users[${i}]`, rows[i], names));
  }
  return mistakes;
}

function rowMistakes(field: string, row: unknown, names: readonly string[]): string[] {
  const noObject = objectMistake(field, row);
  if (noObject !== undefined) return [noObject];
  const given = row as Readonly<Record<string, unknown>>;
  const known = USER_PARAMETERS.filter((name) => name in given || names.includes(name));
  const numbers = known.map((name) => {
    if (names.includes(name)) return numberMistake(`${field}.${name}`, given[name], NUMERIC_PARAMETERS[name]);
    return expectedMistake(`${field}.${name}`, "nothing, as users[0] has none", given[name]);
  });
  const unknown = unknownFieldMistakes("parameter of a user", given, USER_PARAMETERS);
  return [...unknown.map((mistake) => `${field}: ${mistake}`), ...numbers].filter((mistake) => mistake !== undefined);
}

function columnsMistakes(users: unknown): string[] {
  const { columns } = (users ?? {}) as Partial<UserColumns>;
  const unnamed = objectMistake("users.columns", columns) !== undefined || Object.keys(columns!).length === 0;
  if (unnamed) return [expectedMistake("users", TABLE, users)];
  const all = Object.entries(columns!) as [string, unknown][];
  const [, first] = all[0]!;
  const rows = isList(first) ? first.length : 0;
  return [
    ...unknownFieldMistakes("parameter of a user", columns!, USER_PARAMETERS),
    ...all.flatMap(([name, column]) => columnMistakes(name as UserParameter, column, rows)),
  ];
}

function columnMistakes(name: UserParameter, column: unknown, rows: number): string[] {
  const field = `users.columns.${name}`;
  if (!isList(column) || column.length === 0 || column.length > MAX_ROWS) {
    return [expectedMistake(field, `a list of 1 to ${MAX_ROWS} numbers`, column)];
  }
  if (column.length !== rows) return [expectedMistake(field, `${rows} numbers, as the first column has`, column)];
  if (!USER_PARAMETERS.includes(name)) return [];
  const mistakes: string[] = [];
  const rule = NUMERIC_PARAMETERS[name];
  for (let i = 0; i < rows && mistakes.length < MAX_MISTAKES; i++) {
    const mistake = numberMistake(`users[${i}].${name}`, column[i], rule);
    if (mistake !== undefined) mistakes.push(mistake);
  }
  return mistakes;
}

const TABLE = `null, a list of 1 to ${MAX_ROWS} users, or { columns } with a list of numbers for each parameter`;
