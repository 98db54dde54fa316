import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { originOf, type ModuleOrigin } from "../modules/origins.js";
import { changedWorld, changesOf, valuesOf, type WorldChanges } from "../worlds/compiled/changedWorld.js";
import { compiledSource } from "../worlds/compiled/compiledSources.js";
import { importWorld } from "../worlds/compiled/importWorld.js";
import type { World } from "../world/world.js";
import { restoreWorld } from "../worlds/scenarios.js";

/**
 * A world as it is sent to a thread: a built-in one by its scenario and parameters, a custom one by its module, the parameters that were
 * changed of it, and its hash.
 */
export type SentWorld =
  | { readonly scenario: string; readonly parameters: unknown }
  | { readonly module: ModuleOrigin; readonly changes?: WorldChanges; readonly hash: string };

/** Serialises a world; undefined for a custom world that was handed over as a value. */
export function sentWorld(world: World): SentWorld | undefined {
  const { userDefined, scenario, parameters, hash } = world;
  if (!userDefined) return { scenario, parameters };
  const module = originOf("world", world);
  const changes = changesOf(world);
  return module && { module, ...(changes && { changes }), hash };
}

/** Serialises a world for a thread of this process, which also takes compiled worlds as values; undefined for other custom ones. */
export async function worldForThread(world: World): Promise<SentWorld | undefined> {
  const sent = sentWorld(world);
  const source = sent === undefined ? compiledSource(world) : undefined;
  const url = source && (await source.address());
  return url === undefined ? sent : { module: { url, name: "program" }, hash: world.hash, changes: valuesOf(world) };
}

/** Deserialises a world. Rejects with `InvalidInput` if a module does not load, or exports another world than it did. */
export async function receivedWorld(sent: SentWorld): Promise<World> {
  if ("scenario" in sent) return restoreWorld(sent.scenario, sent.parameters);
  const { module, changes = {}, hash } = sent;
  const world = changedWorld(await importWorld(module.url, module.name), changes);
  const rule = `"${module.name}" to be the world of hash ${hash}, as when the run began`;
  refuse([world.hash === hash ? undefined : expectedMistake(module.url, rule, world.hash)]);
  return world;
}
