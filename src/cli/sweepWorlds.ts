// The worlds of a sweep, from flags: the grid of a scenario's parameters, or worlds of modules, those of world files with grids of theirs.
import { expectedMistake } from "../check/mistakes.js";
import { parseNumber } from "../check/parseNumber.js";
import type { World } from "../index.js";
import { gridOf, worldGrid, type Axis, type SweepWorld } from "../sweep/worldGrid.js";
import { changedWorld, type WorldChanges } from "../worlds/compiled/changedWorld.js";
import { DEFAULT_SCENARIO } from "../worlds/scenarios.js";
import { collectErrors } from "./collectErrors.js";
import type { FlagValues } from "./flag.js";
import type { scenarioFlags } from "./flags.js";
import { parseParameters } from "./parseParameters.js";
import { changeWorldModule, exportName, readWorldModule } from "./readModule.js";
import { ofWorld } from "./request.js";
import { readTables } from "./tables.js";

type Values = FlagValues<typeof scenarioFlags> & {
  readonly world: readonly string[];
  readonly vary: readonly string[];
};
type Axes = Readonly<Record<string, Axis>>;

/** Reads the worlds of a sweep; undefined if there is an error in them. */
export async function readSweepWorlds(values: Values, mistakes: string[]): Promise<readonly SweepWorld[] | undefined> {
  const { parameters, mistakes: misread } = parseParameters(values.param);
  mistakes.push(...ofWorld(misread));
  const axes = readAxes(values.vary, mistakes);
  if (values.world.length > 0) return readModuleWorlds(values, axes, parameters, mistakes);
  const tables = await readTables(values, parameters, mistakes);
  if (axes === undefined) return undefined;
  const { scenario = DEFAULT_SCENARIO } = values;
  return collectErrors(mistakes, () => worldGrid(scenario, axes, { ...parameters, ...tables })) as
    | readonly SweepWorld[]
    | undefined;
}

/** Returns the axes of a grid, as results repeat them; undefined for worlds of modules without one. */
export function effectiveAxes({ world, vary }: Pick<Values, "world" | "vary">): Axes | undefined {
  return world.length > 0 && vary.length === 0 ? undefined : readAxes(vary, []);
}

/** Returns what a sweep's report calls its worlds. */
export function sweepLabel(
  { world, vary, scenario = DEFAULT_SCENARIO }: Values,
  worlds: readonly SweepWorld[],
): string {
  if (world.length === 0) return scenario;
  return world.length === 1 && vary.length > 0 ? worlds[0]!.world.scenario : "worlds";
}

async function readModuleWorlds(
  { world: modules, scenario, usersFrom, documentsFrom, param, vary }: Values,
  axes: Axes | undefined,
  parameters: Readonly<Record<string, unknown>>,
  mistakes: string[],
): Promise<readonly SweepWorld[] | undefined> {
  const beside = { "--scenario": scenario, "--users-from": usersFrom, "--documents-from": documentsFrom };
  const given = Object.entries(beside).filter(([, each]) => each !== undefined);
  mistakes.push(...given.map(([flag, each]) => expectedMistake(flag, "nothing beside --world", each)));
  const before = mistakes.length;
  const imported = await Promise.all(modules.map((module) => readWorldModule(module, mistakes)));
  const common = vary.length === 0 ? parameters : {}; // beside others they may be legal only at the points of the grid
  const changed = imported
    .map((world) => changeWorldModule(world, common, ["--param", param], mistakes))
    .map((world) => changeWorldModule(world, {}, ["--vary", vary], mistakes));
  if (mistakes.length > before || axes === undefined) return undefined;
  const cells = changed.flatMap((world, place): readonly SweepWorld[] => {
    const name = { world: exportName(modules[place]!) };
    if (vary.length === 0) return [{ world: world!, at: name }];
    const grid = collectErrors(mistakes, () => gridOf(axes, parameters, (values) => worldWith(world!, values))) ?? [];
    return modules.length === 1 ? grid : grid.map(({ world: made, at }) => ({ world: made, at: { ...name, ...at } }));
  });
  return mistakes.length > before ? undefined : cells;
}

/** Values of an axis are numbers and words, of which two are truth values. */
function worldWith(world: World, values: Readonly<Record<string, unknown>>): World {
  const said = Object.entries(values).map(([name, value]) => {
    return [name, value === "true" || value === "false" ? value === "true" : value];
  });
  return changedWorld(world, Object.fromEntries(said) as WorldChanges);
}

/** Reads `name=0.1,0.2` and `name=0:1:11`. */
function readAxes(texts: readonly string[], mistakes: string[]): Axes | undefined {
  const axes = new Map<string, Axis>();
  const before = mistakes.length;
  for (const text of texts) {
    const [, name, values] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    if (name === undefined) mistakes.push(expectedMistake("--vary", "name=value,value… or name=from:to:count", text));
    else if (axes.has(name)) mistakes.push(`"--vary ${name}" expected once, got it again`);
    else axes.set(name, readAxis(values!));
  }
  return mistakes.length === before ? Object.fromEntries(axes) : undefined;
}

/** Reads values, which the grid checks. */
function readAxis(text: string): Axis {
  const [from, to, count, ...more] = text.split(":").map(parseNumber);
  if (text.includes(":") && more.length === 0) return { from: from!, to: to!, count: count! };
  return text.split(",").map((each) => parseNumber(each) ?? each);
}
