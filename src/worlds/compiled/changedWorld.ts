// Compiled worlds with other values of some parameters, and what tells them from what their modules export.
import { expectedMistake, objectMistake, oneOfMistake } from "../../check/mistakes.js";
import { readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import { shareOrigin } from "../../modules/origins.js";
import { worldMistake, type World } from "../../world/world.js";
import type { WorldTypes } from "../../world/worldTypes.js";
import type { CompiledWorldOptions } from "./compiledProgram.js";
import { compiledSource } from "./compiledSources.js";
import { compiledWorld, optionMistakes } from "./compiledWorld.js";

/** Values of a compiled world by name: its parameters, and `slateSize` and `numCandidates`. */
export type WorldChanges = Readonly<Record<string, number | boolean>>;

/** The world that each changed one was made of in the first place. */
const originals = new WeakMap<World, World>();

/** Whether a world is that of a world file, so that `changedWorld` takes it. */
export function isChangeable(world: World): boolean {
  return compiledSource(world) !== undefined;
}

/**
 * The compiled world with other values of some parameters: those of its class `Parameters`, `slateSize` and `numCandidates`, by name; a
 * parameter of one of these two names hides it. It comes from the same module, so threads know it, too. Throws `InvalidInput`, with every
 * error at once, and for changes of a world that is not that of a world file.
 */
export function changedWorld<T extends WorldTypes>(world: World<T>, changes: WorldChanges): World<T> {
  return changedAny(world as World, changes) as World<never> as World<T>;
}

function changedAny(world: World, changes: WorldChanges): World {
  refuse([worldMistake(world), objectMistake("parameters", changes)]);
  const given = readOnce("parameters", changes);
  const said = Object.entries(given).filter(([, value]) => value !== undefined);
  if (said.length === 0) return world;
  const program = compiledSource(world)?.program;
  if (program === undefined) {
    refuse([expectedMistake("world", "the world of a world file, whose parameters can be changed", world.scenario)]);
    throw new Error("unreachable");
  }
  const own = valuesOf(world);
  const known = said.filter(([name]) => Object.hasOwn(own, name));
  const options = optionsOf(world, { ...own, ...Object.fromEntries(known) });
  refuse([
    ...said.map(([name]) => oneOfMistake("parameter", name, Object.keys(own))),
    ...optionMistakes(program, options),
  ]);
  const changed = compiledWorld(program, options);
  originals.set(changed, originals.get(world) ?? world);
  shareOrigin(changed, world);
  return changed;
}

/** Returns the values by which a changed world differs from the one that its module exports; undefined if there are none. */
export function changesOf(world: World): WorldChanges | undefined {
  const original = originals.get(world);
  if (original === undefined) return undefined;
  const before = valuesOf(original);
  const changes = Object.entries(valuesOf(world)).filter(([name, value]) => !Object.is(value, before[name]));
  return changes.length === 0 ? undefined : Object.fromEntries(changes);
}

/** Returns all values of a compiled world that can be changed. */
export function valuesOf({ parameters, slateSize, numCandidates }: World): WorldChanges {
  const own = parameters as WorldChanges;
  return { ...own, ...without({ slateSize, numCandidates }, own) };
}

/** Returns the options of `compiledWorld` for those values. */
function optionsOf({ parameters: own, slateSize, numCandidates }: World, values: WorldChanges): CompiledWorldOptions {
  const parameters = own as WorldChanges;
  const sizes = { slateSize, numCandidates, ...without(values, parameters) };
  return { ...sizes, parameters: Object.fromEntries(Object.keys(parameters).map((name) => [name, values[name]!])) };
}

function without<Value>(values: Readonly<Record<string, Value>>, names: object): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !Object.hasOwn(names, name)));
}
