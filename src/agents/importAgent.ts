import { importExport, type ExpectedExport } from "../modules/importExport.js";
import type { CreateAgent } from "./agent.js";

const expected: ExpectedExport = {
  kind: "agent",
  noun: "an agent",
  rule: "a function that creates an agent",
  isLegal: (value) => typeof value === "function",
};

/**
 * The function that a module exports under a name and that creates agents. A policy that `agentPolicy` makes of it runs in workers, each
 * of which loads the module for itself. `url` is absolute, as `new URL("agent.js", import.meta.url)` makes it. Rejects with `InvalidInput`.
 */
export async function importAgent(url: string | URL, name = "default"): Promise<CreateAgent> {
  return (await importExport(expected, url, name)) as CreateAgent;
}
