// Interest exploration, as RecSim has it: users of two types, who like one topic each. What most users like is of the lower quality, so that
// documents of high quality tell an agent little about the user before it.
import { exp, multinomialLogit, vector } from "slatesim/world";
import type { Draws, Vector, bool, f64, i32 } from "slatesim/world";

export const name = "interest-exploration";
export const slateSize = 2;
export const numCandidates = 5;
/** Users do not change, and none of them leaves. */
export const timeBudget = 60;

export class Parameters {
  /** Logit of no click, which RecSim names a mass; documents have about 2 to 4. */
  noClickLogit: f64 = 5;
  /** Probability of topic 0; all other documents are of topic 1. */
  topic0Probability: f64 = 0.2;
  /** Quality is e^(a normal draw) of these means and standard deviations. */
  topic0QualityLogMean: f64 = 0.8;
  topic1QualityLogMean: f64 = 0.2;
  topic0QualityLogStddev: f64 = 0.1;
  topic1QualityLogStddev: f64 = 0.1;
  /** Probability of type 0; all other users are of type 1. */
  type0Probability: f64 = 0.3;
  /** The affinity of a user to a topic is e^(a normal draw) of these means and standard deviations. */
  type0Topic0AffinityLogMean: f64 = 0.1;
  type0Topic1AffinityLogMean: f64 = 0.7;
  type1Topic0AffinityLogMean: f64 = 0.7;
  type1Topic1AffinityLogMean: f64 = 0.1;
  type0Topic0AffinityLogStddev: f64 = 0.1;
  type0Topic1AffinityLogStddev: f64 = 0.1;
  type1Topic0AffinityLogStddev: f64 = 0.1;
  type1Topic1AffinityLogStddev: f64 = 0.1;
}
export const parameters = new Parameters();

export const choice = multinomialLogit(parameters.noClickLogit);

export class Document {
  clusterId: i32 = 0;
  quality: f64 = 0;
}

export class User {
  /** By topic. */
  affinity: Vector = vector(2);
}

export class Response {
  click: bool = false;
  quality: f64 = 0;
  clusterId: i32 = 0;
}

export class Metrics {
  clickCount: f64 = 0;
  /** Quality of what was clicked. */
  quality: f64 = 0;
  clusterClicks: Vector = vector(2);
}

export function sampleDocument(document: Document, draws: Draws): void {
  const isTopic0 = draws.uniform() < parameters.topic0Probability;
  const mean = isTopic0 ? parameters.topic0QualityLogMean : parameters.topic1QualityLogMean;
  const stddev = isTopic0 ? parameters.topic0QualityLogStddev : parameters.topic1QualityLogStddev;
  document.clusterId = isTopic0 ? 0 : 1;
  document.quality = exp(mean + stddev * draws.normal());
}

export function sampleUser(user: User, draws: Draws): void {
  const isType0 = draws.uniform() < parameters.type0Probability;
  const mean0 = isType0 ? parameters.type0Topic0AffinityLogMean : parameters.type1Topic0AffinityLogMean;
  const mean1 = isType0 ? parameters.type0Topic1AffinityLogMean : parameters.type1Topic1AffinityLogMean;
  const stddev0 = isType0 ? parameters.type0Topic0AffinityLogStddev : parameters.type1Topic0AffinityLogStddev;
  const stddev1 = isType0 ? parameters.type0Topic1AffinityLogStddev : parameters.type1Topic1AffinityLogStddev;
  user.affinity[0] = exp(mean0 + stddev0 * draws.normal());
  user.affinity[1] = exp(mean1 + stddev1 * draws.normal());
}

export function score(user: User, document: Document): f64 {
  return user.affinity[document.clusterId]! + document.quality;
}

export function rank(document: Document): f64 {
  return document.quality;
}

export function respond(_user: User, document: Document, clicked: bool, response: Response): void {
  response.click = clicked;
  response.quality = document.quality;
  response.clusterId = document.clusterId;
}

export function reward(response: Response): f64 {
  return response.click ? 1 : 0;
}

export function transition(_user: User): void {}

export function measure(_user: User, _document: Document, response: Response, isClicked: bool, metrics: Metrics): void {
  if (!isClicked) return;
  metrics.clickCount = 1;
  metrics.quality = response.quality;
  metrics.clusterClicks[response.clusterId] = 1;
}
