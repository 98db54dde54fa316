// Memes against educational videos, as in the code of the RecSim notebook.
// Change any part, then compile and simulate it.
import { exp, logistic, multinomialLogit } from "slatesim/world";
import type { Draws, bool, f64, i32 } from "slatesim/world";

// Documents on a slate, documents to fill it from, steps of an episode,
// and how a user chooses.
export const name = "patience";
export const slateSize = 3;
export const numCandidates = 10;
export const timeBudget = 60;
export const choice = multinomialLogit();

// Numbers of the model, which programs can change without compiling it again.
export class Parameters {
  memoryDiscount: f64 = 0.9;
  sensitivity: f64 = 0.01;
  innovationStddev: f64 = 0.05;
}
export const parameters = new Parameters();

// What a document, a user and a response consist of.
export class Document {
  educativeness: f64 = 0;
  clusterId: i32 = 0;
}
export class User {
  exposure: f64 = 0;
  satisfaction: f64 = 0;
}
export class Response {
  engagement: f64 = 0;
}

// As in that code memes satisfy a user, and educational videos wear the user down.
function settle(user: User, exposure: f64): void {
  user.exposure = exposure;
  user.satisfaction = logistic(parameters.sensitivity * exposure);
}

// New documents and new users.
export function sampleDocument(document: Document, draws: Draws): void {
  document.educativeness = draws.uniform();
  document.clusterId = draws.integer(4);
}

export function sampleUser(user: User, draws: Draws): void {
  settle(user, (draws.uniform() - 0.5) / (1 - parameters.memoryDiscount));
}

// How much a document attracts: memes do most.
export function score(_user: User, document: Document): f64 {
  return 1 - document.educativeness;
}

// What mix(m) orders documents by; without it there are no mixes.
export function rank(document: Document): f64 {
  return document.educativeness;
}

// What the user does with each document of the slate, and its worth.
export function respond(user: User, document: Document, clicked: bool, response: Response, draws: Draws): void {
  if (!clicked) return;
  const k = document.educativeness;
  response.engagement = exp(user.satisfaction * (5 * k + 4 * (1 - k)) + draws.normal());
}

export function reward(response: Response): f64 {
  return response.engagement;
}

// How the user changes by the document that was clicked.
export function transition(user: User, document: Document, _response: Response, draws: Draws): void {
  const k = document.educativeness;
  settle(
    user,
    parameters.memoryDiscount * user.exposure - 2 * (k - 0.5) + parameters.innovationStddev * draws.normal(),
  );
}
