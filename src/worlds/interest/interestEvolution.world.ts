// Interest evolution, as RecSim has it, with the utility model of the SlateQ paper: a click draws the user's interest in the topic of the
// video towards it or away from it, and a good video wins back a part of the time that it takes.
import { abs, max, min, multinomialProportional, vector } from "slatesim/world";
import type { Draws, Vector, bool, f64, i32 } from "slatesim/world";

export const name = "interest-evolution";
export const slateSize = 2;
export const numCandidates = 10;
/** Steps after which an episode is cut off. At random users run out of minutes after 70 to 90. */
export const timeBudget = 1000;

const NUM_CLUSTERS = 20;
const NUM_BAD_CLUSTERS = 14;

export class Parameters {
  /** Time that a user has, and what is lost of it by a step without a click. */
  budgetMinutes: f64 = 200;
  stepPenaltyMinutes: f64 = 0.5;
  videoMinutes: f64 = 4;
  /** Mean quality of the worst and of the best cluster. */
  minQuality: f64 = -3;
  maxQuality: f64 = 3;
  /** RecSim names 0.1 a variance, but draws with it as standard deviation: 0.31622776601683794 is what it says. */
  qualityStddev: f64 = 0.1;
  /** Subtracted from the scores and from the mass of no click, which so has weight 2. */
  minNormalizer: f64 = -1;
  noClickMass: f64 = 1;
  /** A click moves an interest u by (interestTarget - u) times alphaYIntercept - alphaYIntercept / alphaXIntercept · |u|. */
  alphaXIntercept: f64 = 1;
  alphaYIntercept: f64 = 0.3;
  /** 1 in RecSim; 0 as the paper prints it. */
  interestTarget: f64 = 1;
  /** Minutes won back per minute watched, for quality 1 at the factors 0 and 1: 0.9 / 3.4. */
  userUpdateAlpha: f64 = 0.2647058823529412;
  /** Shares of the user's utility and of the video's quality in what is won back. */
  userQualityFactor: f64 = 0;
  documentQualityFactor: f64 = 1;
  /** RecSim takes the utility of a video before the interests change, where what follows is said to be its consequence. */
  utilityAfterUpdate: bool = false;
  /** The reward is the minutes watched, or else 1 for a click. */
  rewardsClicks: bool = false;
}
export const parameters = new Parameters();

export const choice = multinomialProportional(parameters.minNormalizer, parameters.noClickMass);

export class Document {
  clusterId: i32 = 0;
  quality: f64 = 0;
}

/** The features of a video: 1 at its cluster, else 0. */
export class DocumentObservation {
  features: Vector = vector(NUM_CLUSTERS);
}

export class User {
  /** By cluster, in [-1, 1]. */
  interests: Vector = vector(NUM_CLUSTERS);
  minutesLeft: f64 = 0;
}

export class UserObservation {
  interests: Vector = vector(NUM_CLUSTERS);
}

/** RecSim's has a field liked, too, which is never set. */
export class Response {
  click: bool = false;
  watchedMinutes: f64 = 0;
  quality: f64 = 0;
  clusterId: i32 = 0;
}

export class Metrics {
  clickCount: f64 = 0;
  /** Quality of what was clicked. */
  quality: f64 = 0;
  clusterClicks: Vector = vector(NUM_CLUSTERS);
}

/** Evenly spaced up to 0, and evenly from 0 on: two clusters have mean 0. */
function meanQuality(clusterId: i32): f64 {
  const good = clusterId - NUM_BAD_CLUSTERS;
  if (good >= 0) return (parameters.maxQuality * good) / (NUM_CLUSTERS - NUM_BAD_CLUSTERS - 1);
  return (-parameters.minQuality * (good + 1)) / (NUM_BAD_CLUSTERS - 1);
}

export function sampleDocument(document: Document, draws: Draws): void {
  document.clusterId = draws.integer(NUM_CLUSTERS);
  document.quality = meanQuality(document.clusterId) + parameters.qualityStddev * draws.normal();
}

export function observeDocument(document: Document, observation: DocumentObservation): void {
  observation.features[document.clusterId] = 1;
}

export function sampleUser(user: User, draws: Draws): void {
  for (let i = 0; i < NUM_CLUSTERS; i++) user.interests[i] = 2 * draws.uniform() - 1;
  user.minutesLeft = parameters.budgetMinutes;
}

export function observeUser(user: User, observation: UserObservation): void {
  for (let i = 0; i < NUM_CLUSTERS; i++) observation.interests[i] = user.interests[i]!;
}

export function score(user: User, document: Document): f64 {
  return user.interests[document.clusterId]!;
}

export function rank(document: Document): f64 {
  return document.quality;
}

export function respond(user: User, document: Document, clicked: bool, response: Response): void {
  response.click = clicked;
  response.watchedMinutes = clicked ? min(user.minutesLeft, parameters.videoMinutes) : 0;
  response.quality = document.quality;
  response.clusterId = document.clusterId;
}

export function reward(response: Response): f64 {
  return parameters.rewardsClicks ? (response.click ? 1 : 0) : response.watchedMinutes;
}

export function transition(user: User, document: Document, response: Response, draws: Draws): void {
  const before = user.interests[document.clusterId]!;
  const alpha = parameters.alphaYIntercept - (parameters.alphaYIntercept / parameters.alphaXIntercept) * abs(before);
  const change = alpha * (parameters.interestTarget - before);
  const after = draws.uniform() < (before + 1) / 2 ? before + change : before - change;
  user.interests[document.clusterId] = max(-1, min(1, after));

  const interest = parameters.utilityAfterUpdate ? user.interests[document.clusterId]! : before;
  const utility = interest - parameters.minNormalizer;
  const worth = parameters.userQualityFactor * utility + parameters.documentQualityFactor * document.quality;
  user.minutesLeft += (parameters.userUpdateAlpha * worth - 1) * response.watchedMinutes;
}

export function transitionWithoutClick(user: User): void {
  user.minutesLeft -= parameters.stepPenaltyMinutes;
}

export function isTerminal(user: User): bool {
  return user.minutesLeft <= 0;
}

export function measure(_user: User, _document: Document, response: Response, isClicked: bool, metrics: Metrics): void {
  if (!isClicked) return;
  metrics.clickCount = 1;
  metrics.quality = response.quality;
  metrics.clusterClicks[response.clusterId] = 1;
}
