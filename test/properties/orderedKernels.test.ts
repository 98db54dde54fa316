// Policies that rank candidates by the user's score of them or by a field: kernels have the bits of the reference, or leave them to it.
import { describe, expect, test } from "vitest";
import { interestEvolution, interestExploration, policies, scenarios, simulate, type Run } from "../../src/index.js";
import { compileWorld } from "../../src/worlds/compiled/index.js";
import { mistakesOf } from "../support/mistakesOf.js";

/** A compiled world; no function reads the last three fields, which the kernel draws for policies alone. */
const SHELF = `import { Draws, multinomialLogit, f64 } from "slatesim/world";
import type { i32, bool } from "slatesim/world";
export const slateSize = 3;
export const numCandidates = 9;
export const timeBudget = 8;
export const choice = multinomialLogit(-1);
export class Document { quality: f64 = 0; topic: i32 = 0; length: f64 = 0; year: i32 = 0; isNew: bool = false; }
export class User { interest: f64 = 0; }
export class Response { worth: f64 = 0; }
export function sampleDocument(document: Document, draws: Draws): void {
  document.quality = draws.normal();
  document.length = 90 * draws.uniform() - 45;
  document.topic = draws.integer(3);
  document.year = draws.integer(40) - 20;
  document.isNew = draws.uniform() < 0.5;
}
export function sampleUser(user: User, draws: Draws): void { user.interest = draws.normal(); }
export function score(user: User, document: Document): f64 { return user.interest * document.quality + f64(document.topic); }
export function respond(user: User, document: Document, clicked: bool, response: Response, draws: Draws): void {
  response.worth = clicked ? draws.uniform() : 0;
}
export function reward(response: Response): f64 { return response.worth; }
export function transition(user: User, document: Document, response: Response, draws: Draws): void {
  user.interest = 0.9 * user.interest - 0.2 * document.quality;
}
`;

/** All that a run says, but for how long it took and with which engine. */
function substance({ timing: _timing, engine: _engine, ...rest }: Run): object {
  return rest;
}

const first = { users: 130, seed: "orders" };

describe("kernels", () => {
  const orders = [policies.greedy(), policies.greedy("quality"), policies.mix(1, "quality")];

  test.each([
    ["interest evolution", () => interestEvolution({ slateSize: 3, numCandidates: 7 }), [policies.greedy("clusterId")]],
    ["interest exploration", () => interestExploration(), [policies.mix(1, "clusterId")]],
    [
      "a world with fields that no function reads",
      () => compileWorld(SHELF),
      "topic length year isNew".split(" ").flatMap((field) => [policies.greedy(field), policies.mix(2, field)]),
    ],
  ] as const)("of %s have the bits of the reference", async (_name, make, more) => {
    const world = await make();
    const digests = new Set<string>();
    for (const policy of [...orders, ...more]) {
      const kernel = await simulate(world, policy, { ...first, engine: "kernel" });
      const reference = await simulate(world, policy, { ...first, engine: "reference" });
      expect(substance(kernel), policy.name).toEqual(substance(reference));
      digests.add(kernel.digest);
    }
    expect(digests.size).toBe(orders.length + more.length);
  });

  test("of the built-in world leave them to the reference, and refuse to be wanted", async () => {
    const run = await simulate(scenarios.lts, policies.greedy(), { ...first, steps: 2 });
    expect(run.engine).toBe("reference");
    for (const policy of [policies.greedy(), policies.mix(1, "clusterId")]) {
      expect(await mistakesOf(() => simulate(scenarios.lts, policy, { ...first, engine: "kernel" }))).toEqual([
        '"engine" expected "reference", which supports this world, policy and options, got "kernel"',
      ]);
    }
  });

  test("leave ranks that are no numbers to the reference, which says whose they are", async () => {
    const world = await compileWorld(SHELF.replace("90 * draws.uniform() - 45", "draws.uniform() / 0"));
    expect((await simulate(world, policies.greedy("quality"), first)).engine).toBe("kernel");
    await expect(simulate(world, policies.greedy("length"), first)).rejects.toThrow(
      'world "world" failed at step 0 for user 0: "Document.length" expected a number in [-1e+100, 1e+100], got Infinity',
    );
  });
});
