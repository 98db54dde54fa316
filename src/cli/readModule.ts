import { basename, extname, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { expectedMistake } from "../check/mistakes.js";
import type { CreateAgent, ModulePolicy, RunPolicy, World } from "../index.js";
import { changedWorld, isChangeable, type WorldChanges } from "../worlds/compiled/changedWorld.js";
import { withProgress } from "./progress.js";
import { collectErrors, collectErrorsAsync } from "./collectErrors.js";

// Readers of `file.js#name`, the export of a module; `file.js` alone stands for its default export.

/** Imports the world of `--world`; a world file is compiled. `changes` are recorded of the world, in a lock or a checkpoint. */
export function readWorldModule(
  text: string,
  mistakes: string[],
  changes: WorldChanges = {},
): Promise<World | undefined> {
  return readModule("--world", text, mistakes, async (url, name) => {
    const { importWorldFrom } = await import("../worldFiles/importWorldFile.js");
    return changedWorld(await importWorldFrom(url, name, whileCompiling), changes);
  });
}

/** Returns the world of `--world` with the parameters that a flag changes, unchecked; `texts` are what was typed after the flag. */
export function changeWorldModule(
  world: World | undefined,
  parameters: Readonly<Record<string, unknown>>,
  [flag, texts]: readonly [flag: string, texts: readonly string[]],
  mistakes: string[],
): World | undefined {
  if (world === undefined || texts.length === 0) return world;
  if (isChangeable(world)) return collectErrors(mistakes, () => changedWorld(world, parameters as WorldChanges));
  mistakes.push(expectedMistake(flag, "nothing beside --world, unless it is a world file", texts));
  return world;
}

/** Shows that a world file is being compiled. */
export function whileCompiling<T>(work: () => Promise<T>): Promise<T> {
  return withProgress(1, work, "worlds compiled");
}

/** Imports the policy of a `--policy-module`. */
export async function readPolicyModule(text: string, mistakes: string[]): Promise<RunPolicy | undefined> {
  const policy = await readModule<ModulePolicy>("--policy-module", text, mistakes, async (url, name) => {
    const { importPolicy } = await import("../policies/importPolicy.js");
    return importPolicy(url, name);
  });
  return policy as RunPolicy | undefined;
}

/** Imports the function that creates agents of an `--agent-module`. */
export function readAgentModule(text: string, mistakes: string[]): Promise<CreateAgent | undefined> {
  return readModule("--agent-module", text, mistakes, async (url, name) => {
    const { importAgent } = await import("../agents/importAgent.js");
    return importAgent(url, name);
  });
}

/** Imports the function of an `--agent-module`, and makes a policy of it: an agent for every user. */
export async function readAgentPolicy(text: string, mistakes: string[]): Promise<RunPolicy | undefined> {
  const createAgent = await readAgentModule(text, mistakes);
  const { agentPolicy } = await import("../policies/agentPolicy.js");
  return createAgent && collectErrors(mistakes, () => agentPolicy(exportName(text), createAgent));
}

/** Returns a name for reports: that of the export, or of the file with a default export. */
export function exportName(text: string): string {
  const { path, name } = partsOf(text);
  return name === "default" ? basename(basename(path, extname(path)), ".world") : name;
}

/** Returns the text with the path from a folder to the module as a relative address, which stays when both are moved together. */
export function moduleBeside(folder: string, text: string): string {
  const { path, name } = partsOf(text);
  return `${relative(folder, path).split(sep).map(encodeURIComponent).join("/")}#${encodeURIComponent(name)}`;
}

function partsOf(text: string): { path: string; name: string } {
  const [path = "", name = "default"] = text.split("#");
  return { path, name };
}

async function readModule<Value>(
  flag: string,
  text: string,
  mistakes: string[],
  importFrom: (url: URL, name: string) => Promise<Value>,
): Promise<Value | undefined> {
  const { path, name } = partsOf(text);
  const { readableMistake } = await import("../files/readWhole.js");
  const noFile = readableMistake(flag, path);
  if (noFile !== undefined) {
    mistakes.push(noFile);
    return undefined;
  }
  return collectErrorsAsync(mistakes, () => importFrom(pathToFileURL(path), name));
}
