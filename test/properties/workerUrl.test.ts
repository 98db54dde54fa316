// Where a page starts its workers from: whether they start is a matter of test/proofs/pages.test.ts.
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { compare, longTermSatisfaction, policies, simulate, type RunOptions } from "../../src/index.js";
import { runOptionsOnce } from "../../src/montecarlo/optionsOnce.js";
import { workerUrlMistake } from "../../src/workers/webAddress.js";
import { hostile } from "../support/hostileValues.js";
import { mistakesOf } from "../support/mistakesOf.js";

const inBrowser = "document" in globalThis;
const world = longTermSatisfaction();
const rivals = [policies.first(), policies.random()];

describe("workerUrl in a page", () => {
  beforeAll(() => void (inBrowser || vi.stubGlobal("location", { href: "https://example.org/page/" })));
  afterAll(() => void vi.unstubAllGlobals());

  test.each([undefined, "worker.js", "/worker.js", "../a/worker.js?b#c", "https://example.org/worker.js", "blob:a"])(
    "may be %s",
    (url) => expect(workerUrlMistake(url)).toBeUndefined(),
  );

  test("may be a URL", () => expect(workerUrlMistake(new URL("https://example.org/worker.js"))).toBeUndefined());

  const plain = ["", "https://", 3, null, true, {}, [], Object.create(URL.prototype) as unknown];
  test.each([...plain.map((value) => () => value), ...hostile.filter((make) => typeof make() !== "string")])(
    "is not %#",
    (make) => {
      expect(workerUrlMistake(make())).toMatch(
        /^"workerUrl" expected the address of a worker, as a text or a URL, got /,
      );
    },
  );
});

describe.skipIf(inBrowser)("workerUrl in Node", () => {
  test.each([() => "worker.js", () => new URL("https://example.org/worker.js"), () => null, ...hostile])(
    "is refused by name, beside every other mistake: %#",
    async (make) => {
      const options = { users: 1, workers: 0, workerUrl: make() } as RunOptions;
      for (const run of [() => simulate(world, rivals[0]!, options), () => compare(world, rivals, options)]) {
        expect(await mistakesOf(run)).toEqual([
          '"workers" expected "auto" or an integer in [1, 256], got 0',
          expect.stringMatching(/^"workerUrl" expected nothing in Node, whose threads need none, got /),
        ]);
      }
    },
  );
});

test("a URL that changes after the call does not change the run's", () => {
  const workerUrl = new URL("https://example.org/a.js");
  const options = runOptionsOnce({ users: 1, workerUrl });
  workerUrl.pathname = "/b.js";
  expect(options.workerUrl).toBe("https://example.org/a.js");
});
