// A world file is compiled where there are no files, too: in a page.
import { expect, test } from "vitest";
import { policies, simulate } from "../../src/index.js";
import { compileWorld } from "../../src/worlds/compiled/index.js";

const WORLD = `import { Draws, exp, multinomialLogit } from "slatesim/world";
import type { f64, bool } from "slatesim/world";
export const slateSize = 2;
export const numCandidates = 4;
export const timeBudget = 10;
export const choice = multinomialLogit(-1);
export class Document { quality: f64 = 0; }
export class User { interest: f64 = 0; }
export class Response { worth: f64 = 0; }
export function sampleDocument(document: Document, draws: Draws): void { document.quality = draws.normal(); }
export function sampleUser(user: User, draws: Draws): void { user.interest = draws.uniform(); }
export function score(user: User, document: Document): f64 { return user.interest * document.quality; }
export function respond(user: User, document: Document, clicked: bool, response: Response): void {
  response.worth = clicked ? exp(document.quality) : 0;
}
export function reward(response: Response): f64 { return response.worth; }
export function transition(user: User, document: Document): void { user.interest = 0.9 * user.interest + 0.1 * document.quality; }
`;

test("a compiled world has one digest in every host, by its kernel and by its reference", async () => {
  const world = await compileWorld(WORLD);
  for (const engine of ["kernel", "reference"] as const) {
    const run = await simulate(world, policies.random(), { users: 200, seed: 1, engine });
    expect(run.digest).toBe("54306e0758290cc3");
  }
});
