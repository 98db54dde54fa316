import { exp, logistic, multinomialLogit } from "slatesim/world";
import type { Draws, bool, f64, i32 } from "slatesim/world";

export const name = "lts-compiled";
export const slateSize = 3;
export const numCandidates = 10;
export const timeBudget = 60;
export const choice = multinomialLogit();

export class Parameters {
  memoryDiscount: f64 = 0.9;
  sensitivity: f64 = 0.01;
  innovationStddev: f64 = 0.05;
}
export const parameters = new Parameters();

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

function settle(user: User, exposure: f64): void {
  user.exposure = exposure;
  user.satisfaction = logistic(parameters.sensitivity * exposure);
}

export function sampleDocument(document: Document, draws: Draws): void {
  document.educativeness = draws.uniform();
  document.clusterId = draws.integer(4);
}

export function sampleUser(user: User, draws: Draws): void {
  settle(user, (draws.uniform() - 0.5) / (1 - parameters.memoryDiscount));
}

export function score(_user: User, document: Document): f64 {
  return 1 - document.educativeness;
}

export function rank(document: Document): f64 {
  return document.educativeness;
}

export function respond(user: User, document: Document, clicked: bool, response: Response, draws: Draws): void {
  if (!clicked) return;
  const k = document.educativeness;
  response.engagement = exp(user.satisfaction * (5 * k + 4 * (1 - k)) + draws.normal());
}

export function reward(response: Response): f64 {
  return response.engagement;
}

export function transition(user: User, document: Document, _response: Response, draws: Draws): void {
  const k = document.educativeness;
  settle(
    user,
    parameters.memoryDiscount * user.exposure - 2 * (k - 0.5) + parameters.innovationStddev * draws.normal(),
  );
}
