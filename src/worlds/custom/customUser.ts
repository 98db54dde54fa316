import type { Json } from "../../check/json.js";
import { expectedMistake } from "../../check/mistakes.js";
import { listOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import { trustedProbabilities, type ChoiceModel } from "../../choice/choiceModel.js";
import { chooseByInverseCdf } from "../../choice/multinomialLogit.js";
import type { WordSource } from "../../random/address.js";
import { observedCopy } from "../../spaces/observedCopy.js";
import type { UserDigest } from "../../statistics/userDigest.js";
import { checkedNumber, checkedReward } from "../../world/reward.js";
import type { SimulatedUser, UserStep } from "../../world/simulatedUser.js";
import type { CustomTypes, WorldDefinition } from "./definition.js";
import { drawsFor } from "./drawBlocks.js";
import { numbersOf, plainCopy } from "./plainState.js";

/** One user of a custom world. */
export class CustomUser<State, User, Document, Doc, Response, Metrics> implements SimulatedUser<
  CustomTypes<User, Doc, Response, Document, Metrics>
> {
  time = 0;
  state: State;
  private readonly world: WorldDefinition<State, User, Document, Doc, Response, Metrics>;
  private readonly source: WordSource;
  private readonly timeBudget: number;
  /** Of the last step. */
  private responses: readonly Response[] = [];
  private probabilities: readonly number[] = [];

  constructor(world: WorldDefinition<State, User, Document, Doc, Response, Metrics>, source: WordSource) {
    this.world = world;
    this.source = source;
    this.timeBudget = world.timeBudget ?? Infinity;
    this.state = world.users.sample(drawsFor(source, "start", 0), source.user);
    numbersOf(this.state); // throws for what is no state
  }

  get terminated(): boolean {
    if (this.time >= this.timeBudget) return true;
    const { isTerminal } = this.world.users;
    if (isTerminal === undefined) return false;
    const ended: unknown = isTerminal(this.state);
    if (typeof ended !== "boolean") refuse([expectedMistake("users.isTerminal", "true or false", ended)]);
    return ended as boolean;
  }

  observe(): User {
    const observed = this.world.users.observe(this.state, drawsFor(this.source, "observation", this.time));
    return observedCopy(observed, "users.observe"); // it may be a part of the state
  }

  score(document: Document): number {
    return checkedNumber("users.scoreDocument", this.world.users.scoreDocument(this.state, document));
  }

  expectedReward(slate: readonly Document[]): number {
    return checkedNumber("users.expectedReward", this.world.users.expectedReward!(this.state, slate));
  }

  step(slate: readonly Document[], observed = true): UserStep<Response> {
    const { users, responses: responder } = this.world;
    const { state, source, time } = this;
    const probabilities = this.probabilitiesOf(slate);
    const choice = chooseByInverseCdf(probabilities, drawsFor(source, "choice", time).uniform());
    const responses: Response[] = [];
    for (let slot = 0; slot < slate.length; slot++) {
      const draws = drawsFor(source, "response", time, slot);
      responses.push(responder.respond(state, slate[slot]!, slot === choice, draws));
    }
    // Before reward and transition, which may write into their arguments.
    const visible = observed ? observedCopy(responses, "responses.respond") : responses;
    const reward = checkedReward(this.world.reward(responses));
    const clicked = choice < slate.length ? { document: slate[choice]!, response: responses[choice]! } : null;
    const event = { clicked, slate, responses, step: time };
    this.state = users.transition(state, event, drawsFor(source, "transition", time));
    this.time += 1;
    this.responses = visible;
    this.probabilities = probabilities;
    return { choice, responses: visible, reward };
  }

  choiceProbabilities(): readonly number[] {
    return this.probabilities;
  }

  private probabilitiesOf(slate: readonly Document[]): readonly number[] {
    const { users, choice: model } = this.world;
    const scores: number[] = [];
    for (let slot = 0; slot < slate.length; slot++) scores.push(users.scoreDocument(this.state, slate[slot]!));
    const probabilities = trustedProbabilities(model);
    return probabilities === undefined ? callersProbabilities(model, scores) : probabilities(scores);
  }

  foldStep(digest: UserDigest, slot: number, reward: number): void {
    const numbers = numbersOf(this.state);
    digest.foldReward(reward, slot, numbers.length);
    for (const number of numbers) digest.foldState(number);
  }

  stateNumbers(): readonly (readonly [string, number])[] {
    return numbersOf(this.state).map((number, place) => [`state[${place}]`, number]);
  }

  describeState(): { readonly state: Json; readonly observation: User } {
    return { state: plainCopy(this.state), observation: this.observe() };
  }

  describeStep(): { readonly responses: readonly Response[] } {
    return { responses: observedCopy(this.responses, "responses.respond") };
  }

  snapshot(): Json {
    return plainCopy(this.state);
  }

  /** Resumes from a state; plain data that are no state of the custom world cannot be recognised here. */
  restore(snapshot: Json, time: number): void {
    this.state = plainCopy(snapshot) as State;
    this.time = time;
  }
}

/** Validates the probabilities of a user-defined choice model: an invalid list would still yield a choice. */
function callersProbabilities(model: ChoiceModel, scores: readonly number[]): readonly number[] {
  const given = model.probabilities(scores);
  const probabilities = listOnce("choice.probabilities", given); // it may be a list that the model keeps
  if (!areProbabilities(probabilities, scores.length + 1)) refuse([probabilitiesMistake(probabilities, scores.length)]);
  return probabilities;
}

function areProbabilities(probabilities: unknown, count: number): boolean {
  if (!Array.isArray(probabilities) || probabilities.length !== count) return false;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    if (!(typeof probabilities[i] === "number" && probabilities[i] >= 0)) return false;
    sum += probabilities[i];
  }
  return Math.abs(sum - 1) < 1e-9;
}

function probabilitiesMistake(probabilities: unknown, documents: number): string {
  const rule = `${documents} chances and that of no click, with the sum 1`;
  return expectedMistake("choice.probabilities", rule, probabilities);
}
