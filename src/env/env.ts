import type { Json } from "../check/json.js";
import { readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { printed, shortName } from "../check/shortName.js";
import { DEFAULT_SEED, seedKey, seedText, type Key, type Seed } from "../random/seedKey.js";
import type { World } from "../world/world.js";
import type { OpenWorld } from "../world/openWorld.js";
import type { ObservationOf, WorldTypes } from "../world/worldTypes.js";

import { Slate } from "../spaces/slate.js";
import type { Space } from "../spaces/space.js";
import { allOrNothing } from "./allOrNothing.js";
import type { Environment, Info, ResetOptions, ResetResult, StepResult } from "./environment.js";
import { closedMistake, RESET_NAMES, resetMistakes, rewardOf, userMistake, type EnvOptions } from "./envOptions.js";
import { readSnapshot, SNAPSHOT_FORMAT } from "./envSnapshot.js";
import { Episode } from "../world/episode.js";
import type { UserStep } from "../world/simulatedUser.js";
import { observationSpace } from "../world/observation.js";

/** One user's episode at a time: the one of this user in `simulate` under the same seed. See `makeEnv`. */
export class Env<T extends WorldTypes = WorldTypes> implements Environment<ObservationOf<T>> {
  readonly world: World<T>;
  readonly observationSpace: Space<ObservationOf<T>>;
  readonly actionSpace: Slate;
  private readonly options: EnvOptions<T["response"]>;
  private readonly reward: (step: UserStep<T["response"]>) => number;
  private seed: string;
  private key: Key;
  private opened: OpenWorld<T>;
  /** The user of the next episode. */
  private nextUser: number;
  private user = 0;
  private episode: Episode<T> | undefined;
  private ended = false;

  /**
   * The arguments are legal. Call `makeEnv`.
   * @internal
   */
  constructor(world: World<T>, options: EnvOptions<T["response"]>) {
    const { slateSize, numCandidates } = world;
    this.world = world;
    this.options = options;
    this.observationSpace = observationSpace(world);
    this.actionSpace = new Slate({ slateSize, numCandidates, allowRepeats: options.allowRepeats ?? false });
    this.reward = rewardOf(options);
    this.seed = seedText(options.seed ?? DEFAULT_SEED);
    this.key = seedKey(this.seed);
    this.opened = world.open(this.key);
    this.nextUser = options.user ?? 0;
  }

  /** Begins the next user's episode, or that of the user asked for. Throws `InvalidInput`. */
  reset(options: ResetOptions = {}): ResetResult<ObservationOf<T>> {
    const given = readOnce("options", options, RESET_NAMES);
    refuse(resetMistakes(given));
    return allOrNothing(this, () => {
      if (given.seed !== undefined) this.reseed(given.seed);
      const user = given.user ?? this.nextUser;
      refuse([userMistake(user)]);
      this.begin(user);
      return { observation: this.episode!.observe(null), info: this.info(null) };
    });
  }

  /** Takes one step with the slate. Throws `InvalidInput` unless an episode is open and the slate is in `actionSpace`. */
  step(slate: ArrayLike<number>): StepResult<ObservationOf<T>> {
    const episode = this.openEpisode();
    const step = episode.step(this.actionSpace.read(slate));
    const { terminated } = episode.user;
    const truncated = !terminated && this.isOutOfTime();
    this.ended = terminated || truncated;
    return {
      observation: episode.observe(step.responses),
      reward: this.reward(step),
      terminated,
      truncated,
      info: this.info(episode.user.choiceProbabilities()),
    };
  }

  /** The point at which the environment stands, as plain data. */
  snapshot(): Json {
    const { world, seed, nextUser, user, episode, ended } = this;
    const state = episode === undefined ? null : { time: episode.user.time, user: episode.user.snapshot() };
    return { ...SNAPSHOT_FORMAT, world: world.hash, seed, nextUser, user, ended, state };
  }

  /** Goes on from a snapshot. Throws `InvalidInput` for one of another world, and stays as it was. */
  restore(snapshot: Json): void {
    const { seed, nextUser, user, ended, state } = readSnapshot(snapshot, this.world);
    const restored = this.cloneFresh();
    restored.reseed(seed);
    if (state !== null) {
      restored.begin(user);
      restored.episode!.restore(state.user, state.time);
      restored.ended = restored.episode!.user.terminated || restored.isOutOfTime();
    }
    Object.assign(this, restored, { nextUser, ended: ended || restored.ended });
  }

  /** A second environment at the same point of the same episode: the same noise is ahead of both. */
  fork(): Env<T> {
    const fork = this.cloneFresh();
    fork.restore(this.snapshot());
    return fork;
  }

  /** @internal */
  [printed](): string {
    return shortName("Env", `${this.world.scenario}, seed ${this.seed}, ${this.standing()}`);
  }

  private standing(): string {
    if (this.episode === undefined) return "not begun";
    return `user ${this.user}, step ${this.episode.user.time}${this.ended ? ", ended" : ""}`;
  }

  private cloneFresh(): Env<T> {
    return new Env(this.world, this.options);
  }

  private reseed(seed: Seed): void {
    this.seed = seedText(seed);
    this.key = seedKey(seed);
    this.opened = this.world.open(this.key);
    this.nextUser = this.options.user ?? 0;
  }

  private begin(user: number): void {
    this.user = user;
    this.nextUser = user + 1;
    this.episode = new Episode(this.world, this.opened, this.key, user);
    this.ended = this.episode.user.terminated;
  }

  private isOutOfTime(): boolean {
    return this.episode!.user.time >= (this.options.maxSteps ?? Infinity);
  }

  private info(choiceProbabilities: readonly number[] | null): Info {
    const documentIds = this.episode!.documentIds();
    return { seed: this.seed, user: this.user, step: this.episode!.user.time, documentIds, choiceProbabilities };
  }

  private openEpisode(): Episode<T> {
    if (this.episode === undefined || this.ended) refuse([closedMistake(this.episode !== undefined)]);
    return this.episode!;
  }
}
