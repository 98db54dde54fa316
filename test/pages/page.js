// What every build of test/proofs/pages.test.ts runs: its query says how, and its results are posted to the server.
import { importPolicy, importWorld, policies, scenarios, simulate } from "slatesim";

const query = new URLSearchParams(location.search);
const workers = query.get("workers") === "auto" ? "auto" : 2;
const workerUrl = query.get("workerUrl");
const options = { users: Number(query.get("users") ?? 20_000), seed: 7, workers, ...(workerUrl && { workerUrl }) };
const world = scenarios["lts-tradeoff"];

const warnings = [];
console.warn = (text) => warnings.push(text); // oxlint-disable-line no-console

/** What a run found, or why there is none. */
async function result(run) {
  try {
    const { digest, timing } = await run();
    return { digest, workers: timing.workers };
  } catch (error) {
    return { error: error.message };
  }
}

/** A run with what the module of that query exports, if the query has one. */
async function ofModule(name, run) {
  const address = query.get(name);
  return address && { [name]: await result(() => run(new URL(address, location.href))) };
}

const results = {
  builtIn: await result(() => simulate(world, policies.mix(3), options)),
  ...(await ofModule("policy", async (url) =>
    simulate(world, await importPolicy(url, "harvest"), { ...options, steps: 5 }),
  )),
  ...(await ofModule("world", async (url) => simulate(await importWorld(url, "podcasts"), policies.random(), options))),
  warnings,
  isolated: crossOriginIsolated,
};
await fetch("/results", { method: "POST", body: JSON.stringify(results) });
