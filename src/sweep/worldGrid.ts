import { InvalidInput } from "../check/invalidInput.js";
import { isArray } from "../check/lists.js";
import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { isPlainRecord } from "../check/json.js";
import { plainOnce } from "../check/plainOnce.js";
import { refuse } from "../check/refuse.js";
import type { World } from "../world/world.js";
import type { TypesOf, WorldTypes } from "../world/worldTypes.js";
import { makeWorld, type BuiltInWorld, type Parameters } from "../worlds/scenarios.js";

/** Most cells of a sweep: worlds times seeds. */
export const MAX_CELLS = 4096;

/** Significant digits of evenly spaced values: 0.7:0.95:6 is 0.7, 0.75, 0.8, and so on, as somebody would type them. */
const DIGITS = 12;

/** Evenly spaced numbers: `count` of them, the first `from` and the last `to`, rounded to 12 significant digits. */
export interface Spaced {
  readonly from: number;
  readonly to: number;
  /** Integer in [2, 4096]. */
  readonly count: number;
}

/** Values of a parameter in turn: numbers or names, each different, or evenly spaced numbers. */
export type Axis = readonly (number | string)[] | Spaced;

/** A world of a sweep, and what tells it from the others. */
export interface SweepWorld<T extends WorldTypes = WorldTypes> {
  readonly world: World<T>;
  /** The values that vary from world to world, by name; the same names in all worlds. */
  readonly at: Readonly<Record<string, number | string>>;
}

/**
 * Returns the worlds of a scenario under every combination of the values of some parameters, the first parameter slowest; `parameters` are
 * others that differ from the scenario's in all of them. Throws `InvalidInput` with every error at once, and for more than 4,096 worlds.
 */
export function worldGrid(
  scenario: string,
  vary: Readonly<Record<string, Axis>>,
  parameters: Partial<Parameters> = {},
): SweepWorld<TypesOf<BuiltInWorld<Parameters>>>[] {
  return gridOf(vary, parameters, (values) => makeWorld(scenario, values as Partial<Parameters>));
}

/** Returns the worlds that `makeAt` makes of the parameters at every point of a grid. Throws `InvalidInput` as `worldGrid` does. */
export function gridOf<T extends WorldTypes>(
  vary: Readonly<Record<string, Axis>>,
  parameters: object,
  makeAt: (values: Readonly<Record<string, unknown>>) => World<T>,
): SweepWorld<T>[] {
  const axes = plainOnce("vary", vary) as Readonly<Record<string, Axis>>;
  refuse(gridMistakes(axes, parameters));
  const columns = Object.entries(axes).map(([name, axis]) => valuesOf(axis).map((value) => [name, value] as const));
  const points = columns.reduce<(readonly [string, number | string])[][]>(
    (rows, column) => rows.flatMap((row) => column.map((entry) => [...row, entry])),
    [[]],
  );
  const mistakes: string[] = [];
  const worlds = points.map((point): SweepWorld<T> | undefined => {
    const at = Object.fromEntries(point);
    const world = worldOrMistakes(() => makeAt({ ...parameters, ...at }), mistakes);
    return world && { world, at };
  });
  refuse([...new Set(mistakes)]);
  return worlds as SweepWorld<T>[];
}

function worldOrMistakes<T extends WorldTypes>(make: () => World<T>, mistakes: string[]): World<T> | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    mistakes.push(...error.errors);
    return undefined;
  }
}

function gridMistakes(axes: Readonly<Record<string, Axis>>, parameters: object): (string | undefined)[] {
  const strange = [objectMistake("vary", axes), objectMistake("parameters", parameters)];
  if (strange.some((mistake) => mistake !== undefined)) return strange;
  const mistakes = Object.entries(axes).flatMap(([name, axis]) => axisMistakes(`vary.${name}`, axis));
  if (mistakes.some((mistake) => mistake !== undefined)) return mistakes;
  const worlds = Object.values(axes).reduce((product, axis) => product * sizeOf(axis), 1);
  return [
    Object.keys(axes).length > 0 ? undefined : expectedMistake("vary", "a parameter and its values", axes),
    worlds <= MAX_CELLS ? undefined : `"vary" expected at most ${MAX_CELLS} worlds, got ${worlds}`,
    ...Object.keys(axes)
      .filter((name) => Object.hasOwn(parameters, name))
      .map((name) => expectedMistake(`vary.${name}`, "nothing beside a parameter of that name", axes[name])),
  ];
}

function axisMistakes(field: string, axis: unknown): (string | undefined)[] {
  if (isArray(axis)) {
    const legal = axis.length > 0 && axis.every((value) => typeof value === "string" || Number.isFinite(value));
    const different = legal && new Set(axis.map((value) => (value === 0 ? 0 : value))).size === axis.length;
    return [different ? undefined : expectedMistake(field, "a list of different numbers or names", axis)];
  }
  if (!isPlainRecord(axis)) return [expectedMistake(field, "a list of values, or { from, to, count }", axis)];
  const { from, to, count } = axis;
  return [
    ...unknownFieldMistakes(`field of ${field}`, axis, ["from", "to", "count"]),
    numberMistake(`${field}.from`, from, {}),
    numberMistake(`${field}.to`, to, {}),
    from === to ? expectedMistake(`${field}.to`, "another number than from", to) : undefined,
    numberMistake(`${field}.count`, count, { min: 2, max: MAX_CELLS, integer: true }),
  ];
}

function sizeOf(axis: Axis): number {
  return "count" in axis ? axis.count : axis.length;
}

function valuesOf(axis: Axis): readonly (number | string)[] {
  if (!("count" in axis)) return axis;
  const { from, to, count } = axis;
  return Array.from({ length: count }, (_, place) => {
    if (place === 0 || place === count - 1) return place === 0 ? from : to;
    return Number((from + ((to - from) * place) / (count - 1)).toPrecision(DIGITS));
  });
}
