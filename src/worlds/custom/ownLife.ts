import { isPlainRecord, type Json } from "../../check/json.js";
import { DEEPEST } from "../../check/plainOnce.js";
import { isArray } from "../../check/lists.js";
import { expectedMistake } from "../../check/mistakes.js";
import { listOnce, MOST_ITEMS, reading } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import { chooseByInverseCdf } from "../../choice/multinomialLogit.js";
import type { WordSource } from "../../random/address.js";
import { shownCopy } from "../../spaces/shownCopy.js";
import type { UserLife, UserStep } from "../../world/world.js";
import type { WorldDefinition } from "./definition.js";
import { drawsFor } from "./purposes.js";

/** One user of an own world. */
export class OwnLife<State, User, Document, Shown, Response> implements UserLife<User, Response, Document> {
  time = 0;
  private readonly world: WorldDefinition<State, User, Document, Shown, Response>;
  private readonly source: WordSource;
  private state: State;

  constructor(world: WorldDefinition<State, User, Document, Shown, Response>, source: WordSource) {
    this.world = world;
    this.source = source;
    this.state = world.users.sample(drawsFor(source, "start", 0));
  }

  get terminated(): boolean {
    const { timeBudget = Infinity, users } = this.world;
    return this.time >= timeBudget || (users.isTerminal?.(this.state) ?? false);
  }

  observe(): User {
    const seen = this.world.users.observe(this.state, drawsFor(this.source, "observation", this.time));
    return shownCopy(seen, "users.observe"); // it may be a part of the state
  }

  step(slate: readonly Document[]): UserStep<Response> {
    const { users, choice: model, responses: responder } = this.world;
    const { state, source, time } = this;
    const given = model.probabilities(slate.map((document) => users.scoreDocument(state, document)));
    const choiceProbabilities = listOnce("choice.probabilities", given); // it may be a list that the model keeps
    if (!areChances(choiceProbabilities, slate.length + 1)) refuse([chancesMistake(choiceProbabilities, slate.length)]);
    const choice = chooseByInverseCdf(choiceProbabilities, drawsFor(source, "choice", time).uniform());
    const responses = slate.map((document, slot) => {
      return responder.respond(state, document, slot === choice, drawsFor(source, "response", time, slot));
    });
    const shown = shownCopy(responses, "responses.respond"); // before the transition, which may write into what it is given
    const clicked = choice < slate.length ? { document: slate[choice]!, response: responses[choice]! } : null;
    const event = { clicked, slate, responses, step: time };
    this.state = users.transition(state, event, drawsFor(source, "transition", time));
    this.time += 1;
    return { choice, responses: shown, choiceProbabilities };
  }

  stateNumbers(): readonly number[] {
    return numbersOf(this.state);
  }

  snapshot(): Json {
    return plainCopy(this.state);
  }

  /** The state is the world's own: what is plain data, but no state of it, cannot be told here. */
  restore(snapshot: Json, time: number): void {
    this.state = plainCopy(snapshot) as State;
    this.time = time;
  }
}

/** Choice models may be the caller's own, and a wrong list would still pick something. */
function areChances(chances: unknown, count: number): boolean {
  if (!Array.isArray(chances) || chances.length !== count) return false;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    if (!(typeof chances[i] === "number" && chances[i] >= 0)) return false;
    sum += chances[i];
  }
  return Math.abs(sum - 1) < 1e-9;
}

function chancesMistake(chances: unknown, documents: number): string {
  return expectedMistake("choice.probabilities", `${documents} chances and that of no click, with the sum 1`, chances);
}

/** A copy of a state. Throws `InvalidInput` for what is no plain data: copies of classes would have lost their methods. */
function plainCopy(state: unknown): Json {
  return readState(state, () => {
    numbersIn(state, 0);
    return structuredClone(state) as Json;
  });
}

function numbersOf(state: unknown): number[] {
  return readState(state, () => numbersIn(state, 0));
}

function readState<Read>(state: unknown, read: () => Read): Read {
  return reading("state", "plain data that can be read", state, read);
}

/**
 * All numbers in plain data, names sorted; truth values count as 0 and 1, texts by their characters. A digest that did not look
 * into a Map or a promise would call different lives equal.
 */
function numbersIn(data: unknown, depth: number): number[] {
  if (typeof data === "number") return [data];
  if (typeof data === "boolean") return [Number(data)];
  if (typeof data === "string") return Array.from(data, (character) => character.codePointAt(0)!);
  if (data === null || data === undefined) return [];
  if (depth > DEEPEST) refuse([expectedMistake("state", `at most ${DEEPEST} levels of plain data`, data)]);
  if (isArray(data) && data.length <= MOST_ITEMS) return data.flatMap((item) => numbersIn(item, depth + 1));
  if (!isPlainRecord(data)) refuse([expectedMistake("state", "plain data", data)]);
  return Object.keys(data as object)
    .toSorted()
    .flatMap((name) => numbersIn(Reflect.get(data as object, name), depth + 1));
}
