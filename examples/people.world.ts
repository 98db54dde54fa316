// Users who differ, may click nothing, tire of what they see too often, and leave: a world file, which slatesim compiles to WebAssembly.
// npx slatesim compare --world examples/people.world.ts --policy random --policy "mix(0)" --policy "mix(3)" --users 1e6
import { abs, max, multinomialLogit, vector } from "slatesim/world";
import type { Draws, Vector, bool, f64, i32 } from "slatesim/world";

export const name = "people";
export const slateSize = 3;
export const numCandidates = 10;
export const timeBudget = 200;
export const choice = multinomialLogit(1); // the logit of no click

export class Parameters {
  /** How fast boredom with a topic passes. */
  boredomDiscount: f64 = 0.8;
  /** Steps without a click that the most patient users bear. */
  patience: f64 = 15;
}
export const parameters = new Parameters();

export class Document {
  educativeness: f64 = 0;
  clusterId: i32 = 0;
}

export class User {
  taste: f64 = 0;
  boredom: Vector = vector(4);
  patience: f64 = 0;
}

export class Response {
  click: bool = false;
  clusterId: i32 = 0;
}

export class UserObservation {
  boredom: Vector = vector(4);
}

export function sampleDocument(document: Document, draws: Draws): void {
  document.educativeness = draws.uniform();
  document.clusterId = draws.integer(4);
}

export function sampleUser(user: User, draws: Draws): void {
  user.taste = draws.uniform();
  user.patience = 5 + (parameters.patience - 5) * draws.uniform();
}

// Some like memes, some like to learn; nobody likes the same topic all day.
export function score(user: User, document: Document): f64 {
  return 2 - 3 * abs(document.educativeness - user.taste) - 2 * user.boredom[document.clusterId];
}

export function respond(_user: User, document: Document, clicked: bool, response: Response): void {
  response.click = clicked;
  response.clusterId = document.clusterId;
}

export function reward(response: Response): f64 {
  return response.click ? 1 : 0;
}

function forget(user: User): void {
  for (let topic: i32 = 0; topic < 4; topic++) user.boredom[topic] *= parameters.boredomDiscount;
}

export function transition(user: User, document: Document): void {
  forget(user);
  user.boredom[document.clusterId] += 1 - parameters.boredomDiscount;
}

export function transitionWithoutClick(user: User): void {
  forget(user);
  user.patience = max(0, user.patience - 1);
}

export function isTerminal(user: User): bool {
  return user.patience === 0;
}

export function rank(document: Document): f64 {
  return document.educativeness;
}

export function observeUser(user: User, observation: UserObservation): void {
  for (let topic: i32 = 0; topic < 4; topic++) observation.boredom[topic] = user.boredom[topic];
}
