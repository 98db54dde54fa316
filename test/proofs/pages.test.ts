// Pages as users make them: the packed package under every bundler, in real browsers, under a strict Content-Security-Policy.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importPolicy, importWorld, policies, scenarios, simulate, type Run, type RunPolicy } from "slatesim";
import { browsers, type OpenUntil } from "../pages/browsers.js";
import { builders, findingBuilders, makeProject, removeProject, serveByVite, unbundled } from "../pages/builds.js";
import { Results, serve, type PageResults, type PageRun, type Site } from "../pages/site.js";

const results = new Results();
const options = { users: 20_000, seed: 7 };
const examples = new URL("../../examples/", import.meta.url);

/** What test/pages/page.js should find. */
let expected: Record<"builtIn" | "policy" | "world", PageRun>;

const runOf = ({ digest }: Run): PageRun => ({ digest, workers: 2 });

beforeAll(async () => {
  makeProject();
  const world = scenarios["lts-tradeoff"];
  const harvest = (await importPolicy(new URL("policy.js", examples), "harvest")) as RunPolicy;
  const podcasts = await importWorld(new URL("podcasts.js", examples), "podcasts");
  expected = {
    builtIn: runOf(await simulate(world, policies.mix(3), options)),
    policy: runOf((await simulate(world, harvest as never, { ...options, steps: 5 })) as unknown as Run),
    world: runOf(await simulate(podcasts, policies.random(), options)),
  };
}, 120_000);
afterAll(removeProject);

async function found(site: Site, query: string, open: OpenUntil): Promise<PageResults> {
  return open(`${site.url}?${query}`, results.next());
}

/** Opens a page of a site in every browser. */
async function eachBrowser(opened: Promise<Site>, query: string, judge: (found: PageResults) => void): Promise<void> {
  const site = await opened;
  try {
    for (const [, open] of browsers) judge(await found(site, query, open));
  } finally {
    await site.close();
  }
}

const silent = { warnings: [], isolated: false };

describe("two workers and modules have Node's bits", () => {
  const modules = "policy=/policy.js&world=/world.js";

  test.each(Object.entries(findingBuilders))("where %s finds the worker", async (_, build) => {
    const { builtIn, policy } = expected;
    await eachBrowser(serve(await build(), results), "policy=/policy.js", (page) =>
      expect(page).toEqual({ builtIn, policy, ...silent }),
    );
  });

  test.each(Object.entries(builders))("where page, worker and world are entries of %s", async (_, build) => {
    await eachBrowser(serve(await build(), results), `${modules}&workerUrl=worker.js`, (page) =>
      expect(page).toEqual({ ...expected, ...silent }),
    );
  });

  test("under Vite's development server", async () => {
    await eachBrowser(serveByVite(results), modules, (page) => expect(page).toEqual({ ...expected, ...silent }));
  });
});

describe("unbundled, by an import map", () => {
  let site: string;
  beforeAll(async () => void (site = await unbundled()));

  test("two workers from a bundle have Node's bits", async () => {
    const { builtIn, policy } = expected;
    await eachBrowser(serve(site, results), "policy=/policy.js&workerUrl=worker.js", (page) =>
      expect(page).toEqual({ builtIn, policy, ...silent }),
    );
  });

  /** The package's own worker, whose imports no import map reaches. */
  const own = "node_modules/slatesim/dist/workers/webWorker.js";
  test.each([
    ["is not there", "workerUrl=nowhere.js", /\/nowhere\.js \(.*does not load$/],
    ["is no script", "workerUrl=index.html", /\/index\.html \(.*does not load$/],
    ["is of another origin", "workerUrl=https://example.org/a.js", / from https:\/\/example\.org\/a\.js \(/],
    ["is no worker of this package", "workerUrl=silent.js", /\/silent\.js \(.*it said nothing for 30 s$/],
    ["lacks a file below its first one", `workerUrl=${own}`, /\/webWorker\.js \(.*: TypeError: /],
    ["lacks one, though it is the package's own", "", /webWorker\.js beside http.*\/pageWorker\.js \(.*: TypeError: /],
  ])("a worker that %s ends the run with an error that names the address", async (_, query, error) => {
    await eachBrowser(serve(site, results), query, (page) =>
      expect(page).toEqual({ builtIn: { error: expect.stringMatching(error) }, ...silent }),
    );
  });

  test("where nobody asked for a number, one thread simulates after one warning", async () => {
    const { digest } = await simulate(scenarios["lts-tradeoff"], policies.mix(3), { ...options, users: 200_000 });
    await eachBrowser(serve(site, results), "workers=auto&users=200000", ({ builtIn, warnings }) => {
      expect(builtIn).toEqual({ digest, workers: 1 });
      expect(warnings).toEqual([
        expect.stringMatching(
          /^slatesim simulates in one thread: no worker could be started from webWorker\.js beside http/,
        ),
      ]);
    });
  });
});
