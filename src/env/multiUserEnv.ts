import { expectedMistake, numberMistake, objectMistake } from "../check/mistakes.js";
import { listsOnce, readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { printed, shortName } from "../check/shortName.js";
import { CORPUS_STREAM, WORLD_STREAM, wordSource } from "../random/address.js";
import { DEFAULT_SEED, seedKey, seedText } from "../random/seedKey.js";
import { idsFrom, observeDocuments } from "../world/episode.js";
import type { SimulatedUser, UserStep } from "../world/simulatedUser.js";
import type { World } from "../world/world.js";
import type { Candidates } from "../world/openWorld.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { Slate } from "../spaces/slate.js";
import type { Space } from "../spaces/space.js";
import { allOrNothing } from "./allOrNothing.js";
import type { ResetOptions } from "./environment.js";
import {
  closedMistake,
  envOptionMistakes,
  OPTION_NAMES,
  RESET_NAMES,
  resetMistakes,
  rewardOf,
  userMistake,
  type EnvOptions,
} from "./envOptions.js";
import { multiUserObservationSpace, type MultiUserObservationOf } from "../world/observation.js";

/** So many users take about a gibibyte. */
const MAX_USERS = 2 ** 20;

/** Says where in the randomness of a run the group stands. */
export interface MultiUserInfo {
  readonly seed: string;
  readonly users: readonly number[];
  /** Steps taken in this episode, by users who have not reached their end. */
  readonly step: number;
  /** Whether each user has reached its end. */
  readonly userTerminated: readonly boolean[];
  /** Ids of the current candidates, which all users share, by position. */
  readonly documentIds: readonly number[];
  /** Chances of each slot of each user's last slate, as in `Info`; null after a reset. */
  readonly choiceProbabilities: readonly (readonly number[])[] | null;
}

/** Result of a step of all users. */
export interface MultiUserStep<T extends WorldTypes = WorldTypes> {
  readonly observation: MultiUserObservationOf<T>;
  /** Reward of each user; 0 for users who had reached their end. */
  readonly reward: readonly number[];
  /** Whether all users have reached their end. */
  readonly terminated: boolean;
  /** Whether some would go on, but `maxSteps` was reached. */
  readonly truncated: boolean;
  readonly info: MultiUserInfo;
}

/**
 * Several users and one set of candidates (RecSim's multi-user environment). A user continues after the end of others;
 * the random numbers of a user are those of its own episode in `makeEnv`, only the candidates are drawn for the group.
 */
export class MultiUserEnv<T extends WorldTypes = WorldTypes> {
  readonly world: World<T>;
  readonly observationSpace: Space<MultiUserObservationOf<T>>;
  /** Action space of one user. */
  readonly actionSpace: Slate;
  readonly numUsers: number;
  private readonly options: EnvOptions<T["response"]>;
  private readonly reward: (step: UserStep<T["response"]>) => number;
  private seed: string;
  private nextUser: number;
  private firstUser = 0;
  private users: SimulatedUser<T>[] = [];
  private candidates: Candidates<T["document"]> | undefined;
  private documents: readonly T["document"][] = [];
  private time = 0;
  private truncated = false;

  /**
   * The arguments are legal. Call `makeMultiUserEnv`.
   * @internal
   */
  constructor(world: World<T>, users: number, options: EnvOptions<T["response"]>) {
    const { slateSize, numCandidates } = world;
    this.world = world;
    this.numUsers = users;
    this.options = options;
    this.observationSpace = multiUserObservationSpace(world, users);
    this.actionSpace = new Slate({ slateSize, numCandidates, allowRepeats: options.allowRepeats ?? false });
    this.reward = rewardOf(options);
    this.seed = seedText(options.seed ?? DEFAULT_SEED);
    this.nextUser = options.user ?? 0;
  }

  /** Begins the episodes of the next `numUsers` users, or of as many from `options.user` on. Throws `InvalidInput`. */
  reset(options: ResetOptions = {}): {
    observation: MultiUserObservationOf<T>;
    info: MultiUserInfo;
  } {
    const given = readOnce("options", options, RESET_NAMES);
    refuse(resetMistakes(given, this.numUsers));
    return allOrNothing(this, () => {
      if (given.seed !== undefined) this.nextUser = this.options.user ?? 0;
      this.seed = seedText(given.seed ?? this.seed);
      const first = given.user ?? this.nextUser;
      refuse([userMistake(first, this.numUsers)]);
      this.begin(first);
      return { observation: this.observe(null), info: this.info(null) };
    });
  }

  /** Simulates one step with a slate for every user; slates of users who have reached their end are ignored. Throws `InvalidInput`. */
  step(slates: ArrayLike<ArrayLike<number>>): MultiUserStep<T> {
    const given = this.begun ? listsOnce("slates", slates) : slates;
    refuse(this.stepMistakes(given));
    const { documents } = this;
    const steps = this.users.map((user, i) => {
      if (user.terminated) return { responses: [], choiceProbabilities: [], reward: 0 };
      const result = user.step(Array.from(given[i]!, (position) => documents[position]));
      const choiceProbabilities = user.choiceProbabilities();
      return { responses: result.responses, choiceProbabilities, reward: this.reward(result) };
    });
    this.time += 1;
    this.documents = this.candidates!.documents(this.time);
    const terminated = this.users.every((user) => user.terminated);
    this.truncated = !terminated && this.time >= (this.options.maxSteps ?? Infinity);
    return {
      observation: this.observe(steps.map((step) => step.responses)),
      reward: steps.map((step) => step.reward),
      terminated,
      truncated: this.truncated,
      info: this.info(steps.map((step) => step.choiceProbabilities)),
    };
  }

  /** @internal */
  [printed](): string {
    const standing = this.begun ? `users from ${this.firstUser} on, step ${this.time}` : "not begun";
    return shortName("MultiUserEnv", `${this.world.scenario}, ${this.numUsers} users, seed ${this.seed}, ${standing}`);
  }

  private get begun(): boolean {
    return this.users.length > 0;
  }

  private begin(first: number): void {
    const key = seedKey(this.seed);
    const opened = this.world.open(key);
    this.firstUser = first;
    this.nextUser = first + this.numUsers;
    this.time = 0;
    this.truncated = false;
    this.candidates = opened.candidates(wordSource(key, CORPUS_STREAM, first));
    this.documents = this.candidates.documents(0);
    this.users = Array.from({ length: this.numUsers }, (_, i) => {
      return opened.user(wordSource(key, WORLD_STREAM, first + i));
    });
  }

  private stepMistakes(slates: unknown): (string | undefined)[] {
    if (!this.begun) return [closedMistake(false)];
    if (this.truncated || this.users.every((user) => user.terminated)) return [closedMistake(true)];
    if (!Array.isArray(slates) || slates.length !== this.numUsers)
      return [expectedMistake("slates", `a list of ${this.numUsers} slates (numUsers)`, slates)];
    return this.users.map((user, i) => {
      const mistake = user.terminated ? undefined : this.actionSpace.mistake(slates[i]);
      return mistake === undefined ? undefined : `user ${this.firstUser + i}: ${mistake}`;
    });
  }

  private observe(response: MultiUserObservationOf<T>["response"]) {
    const doc = observeDocuments(this.world, this.documents);
    return { user: this.users.map((user) => user.observe()), doc, response };
  }

  private info(choiceProbabilities: MultiUserInfo["choiceProbabilities"]): MultiUserInfo {
    const users = this.users.map((_, i) => this.firstUser + i);
    const userTerminated = this.users.map((user) => user.terminated);
    const documentIds = idsFrom(this.candidates!.firstId(this.time), this.documents.length);
    return { seed: this.seed, users, step: this.time, userTerminated, documentIds, choiceProbabilities };
  }
}

/** An environment of `users` users. Rejects with `InvalidInput`, all errors at once. */
export async function makeMultiUserEnv<T extends WorldTypes>(
  world: World<T>,
  options: EnvOptions<T["response"]> & { readonly users: number },
): Promise<MultiUserEnv<T>> {
  const given = readOnce("options", options, [...OPTION_NAMES, "users"]);
  refuse(multiUserMistakes(world, given as unknown as EnvOptions & { readonly users: number }));
  const { users, ...rest } = given;
  return new MultiUserEnv(world, users, rest);
}

function multiUserMistakes(world: unknown, options: EnvOptions & { readonly users: number }): (string | undefined)[] {
  const mistakes = envOptionMistakes(world, options, ["users"]);
  if (objectMistake("options", options) !== undefined) return mistakes;
  const { users, user = 0 } = options;
  const usersMistake = numberMistake("users", users, { min: 1, max: MAX_USERS, integer: true });
  const legal = usersMistake === undefined && userMistake(user) === undefined;
  return [...mistakes, usersMistake, legal ? userMistake(user, users) : undefined];
}
