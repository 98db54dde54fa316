// A world file is compiled where there are no files, too: in a page.
import { expect, test } from "vitest";
import { policies, simulate, type Run, type World } from "../../src/index.js";
import {
  compiledWorld,
  compileWorld,
  compileWorldFile,
  type CompiledProgram,
} from "../../src/worlds/compiled/index.js";

const DIGESTS: Readonly<Record<string, string>> = { first: "321f5b86b274a111", random: "2e189b0e13d63b35" };

const WORLD = `import { Draws, Vector, vector, exp, multinomialLogit } from "slatesim/world";
import type { f64, i32, bool } from "slatesim/world";
export const slateSize = 2;
export const numCandidates = 4;
export const timeBudget = 10;
export class Parameters { noClickLogit: f64 = -1; years: i32 = 3; }
export const parameters = new Parameters();
export const choice = multinomialLogit(parameters.noClickLogit);
export class Document { quality: f64 = 0; topic: i32 = 0; }
export class User { tastes: Vector = vector(3); interest: f64 = 0.5; age: i32 = 20; isNew: bool = true; }
export class Response { worth: f64 = 0; }
export class Metrics { worths: Vector = vector(2); clicks: i32 = 0; isOld: bool = false; }
function respondClicked(x: f64): f64 { return 2 * x; }
function drift(draws: Draws, scale: f64): f64 { return scale * draws.normal(); }
export function sampleDocument(document: Document, draws: Draws): void {
  document.quality = draws.normal();
  document.topic = draws.integer(3);
}
export function sampleUser(user: User, draws: Draws): void {
  for (let i = 0; i < user.tastes.length; i++) user.tastes[i] = draws.uniform();
  user.age += parameters.years;
}
export function score(user: User, document: Document): f64 {
  return user.interest * document.quality + user.tastes[document.topic];
}
export function respond(user: User, document: Document, clicked: bool, response: Response, draws: Draws): void {
  response.worth = clicked ? exp(document.quality) + draws.uniform() - respondClicked(draws.uniform()) : 0;
}
export function reward(response: Response): f64 { return response.worth; }
export function transition(user: User, document: Document, response: Response, draws: Draws): void {
  user.interest = 0.9 * user.interest + drift(draws, 0.1) + drift(draws, 0.2) * draws.uniform();
  user.isNew = false;
  if (document.topic == 1) user.age *= -3;
}
export function transitionWithoutClick(user: User, draws: Draws): void {
  if (draws.uniform() < 0.5) user.tastes[1] = draws.normal();
}
export function isTerminal(user: User): bool { return user.age > 500; }
export function measure(user: User, document: Document, response: Response, clicked: bool, metrics: Metrics): void {
  metrics.worths[0] = response.worth;
  metrics.worths[1] = document.quality;
  metrics.clicks = clicked ? 1 : 0;
  metrics.isOld = user.age > 30;
}
`;

/** All that a run says, but for how long it took and with which engine. */
function substance({ timing: _timing, engine: _engine, ...rest }: Run): object {
  return rest;
}

test("a compiled world has one digest in every host, by its kernel and by its reference", async () => {
  const world = await compileWorld(WORLD);
  for (const policy of [policies.first(), policies.random()]) {
    const options = { users: 200, seed: 1, discount: 0.9, warmUp: 2 };
    const [kernel, reference] = [
      await simulate(world, policy, { ...options, engine: "kernel" }),
      await simulate(world, policy, { ...options, engine: "reference" }),
    ];
    expect(substance(kernel)).toEqual(substance(reference));
    expect(kernel.digest).toBe(DIGESTS[policy.name]);
  }
});

test("a compiled world that is a value runs in threads with the same bits, unless its functions use what is outside of them", async () => {
  const { module } = await compileWorldFile(WORLD, "a.world.ts");
  const address = `data:text/javascript,${encodeURIComponent(module)}`;
  const { program } = (await import(/* @vite-ignore */ address)) as { readonly program: CompiledProgram };
  const changed = { parameters: { noClickLogit: -2, years: 7 }, slateSize: 3, numCandidates: 5 };
  const world = compiledWorld(program, changed);
  const options = { users: 20_000, steps: 2, seed: 1 };
  const run = (from: World, workers: number) => simulate(from, policies.random(), { ...options, workers });
  const [alone, shared] = [await run(world, 1), await run(world, 2)];
  expect(substance(shared)).toEqual(substance(alone));
  expect([shared.engine, shared.timing.workers]).toEqual(["kernel", 2]);
  expect(shared.digest).not.toBe((await run(compiledWorld(program), 2)).digest);
  const outside = program.functions;
  const bound: CompiledProgram = { ...program, functions: (library, parameters) => outside(library, parameters) };
  const kept = await run(compiledWorld(bound, changed), 2);
  expect(substance(kept)).toEqual(substance(alone));
  expect(kept.timing.workers).toBe(1);
});
