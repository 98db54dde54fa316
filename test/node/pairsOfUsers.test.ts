// The kernel of a world file simulates two users at a time, by masks: branches, loops and calls that only one of them takes.
import { expect, test } from "vitest";
import { kernelPolicies, kernelWorld, told } from "../support/worldReadings.js";

const WORLD = `import { Draws, Vector, vector, floor, multinomialLogit, f64, i32, bool } from "slatesim/world";
export const slateSize = 2;
export const numCandidates = 5;
export const timeBudget = 6;
export class Parameters { turns: i32 = 3; }
export const parameters = new Parameters();
export const choice = multinomialLogit(-1);
export class Document { quality: f64 = 0; topic: i32 = 0; isRare: bool = false; worths: Vector = vector(2); }
export class User { tastes: Vector = vector(3); interest: f64 = 0.5; count: i32 = 0; isNew: bool = true; }
export class Response { worth: f64 = 0; }
function bump(user: User): f64 {
  user.interest = 0.5 * user.interest + 0.25;
  return user.interest;
}
function total(list: Vector, given: Parameters): f64 {
  let sum = 0.0;
  for (let i = 0; i < given.turns; i++) if (i < list.length) sum += list[i];
  return sum;
}
function likes(user: User, limit: f64): f64 {
  let found = 0.0;
  for (let i = 0; i < 3; i++) {
    if (user.isNew) {
      if (user.tastes[i] < limit) continue;
      found += 1;
      if (found > 1) break;
    }
    found += user.tastes[i];
  }
  return found;
}
function firstAbove(user: User, limit: f64): f64 {
  let turns = 0;
  for (let i = 0; i < 3; i++) {
    if (user.tastes[i] > limit) return turns;
    turns += 1;
    let n = user.interest;
    while (n > 0.2) {
      n -= 0.3;
      if (n < limit) break;
      if (turns > 1 && n < 0.6) return n;
      user.interest -= 0.01;
    }
  }
  return -1;
}
function below(from: f64): f64 {
  let n = from;
  while (true) {
    n -= 1;
    if (n < 0) return n;
  }
  return 0;
}
export function sampleDocument(document: Document, draws: Draws): void {
  document.quality = draws.normal();
  document.topic = draws.integer(3);
  document.isRare = draws.uniform() < 0.4;
  document.worths[0] = draws.uniform();
}
export function sampleUser(user: User, draws: Draws): void {
  for (let i = 0; i < 3; i++) user.tastes[i] = draws.uniform();
  user.isNew = draws.uniform() < 0.5;
}
export function score(user: User, document: Document): f64 {
  return user.interest * document.quality + user.tastes[document.topic] + total(document.worths, parameters);
}
export function respond(user: User, document: Document, clicked: bool, response: Response, draws: Draws): void {
  response.worth = clicked ? draws.uniform() : document.isRare ? 0.5 : 0;
}
export function reward(response: Response): f64 { return response.worth; }
export function rank(document: Document): f64 { return document.isRare ? floor(document.quality) : document.quality; }
export function isTerminal(user: User): bool { return user.count > 8; }
export function transition(user: User, document: Document, response: Response, draws: Draws): void {
  const x = draws.uniform();
  let y = x;
  let n = 0;
  if (x < 0.5) {
    n = 1;
    y = 2 * x;
    user.tastes[user.count] = x;
  } else {
    user.interest = user.interest * x + bump(user) * user.interest;
    user.count += 2;
  }
  user.isNew = x < 0.3 && draws.uniform() < 0.5 || user.isNew == x > 0.7;
  if (user.isNew) user.tastes[1] = y + likes(user, 0.3) + n + draws.normal();
  if (x > 0.2) user.interest += firstAbove(user, x) + below(4 * x);
}
export function transitionWithoutClick(user: User, draws: Draws): void {
  const range = draws.integer(3);
  user.count += range > 0 ? draws.integer(range) : 1;
}
`;

/** Blocks of an odd number of users, of less than two, and of more than a tile. */
const NUMBERS = [1, 63, 129];

test("two users at a time have the bits of one after the other, and the reference is not asked", async () => {
  let asked = 0;
  const world = await kernelWorld(WORLD, () => (asked += 1));
  for (const policy of kernelPolicies(world)) {
    for (const users of NUMBERS) {
      const extent = { users, steps: 6 };
      asked = 0;
      const kernel = await told(world, policy, "kernel", extent);
      expect(kernel).toMatch(/^\{/);
      expect(asked, policy.name).toBe(0);
      expect(kernel).toBe(await told(world, policy, "reference", extent));
      expect(asked).toBeGreaterThan(0);
    }
  }
});
