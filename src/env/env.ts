import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import type { Json } from "../check/json.js";
import { refuse } from "../check/refuse.js";
import { seedKey, seedText, type Key, type Seed } from "../random/seedKey.js";
import { checkedReward, type OpenWorld, type World } from "../scenario/world.js";
import type { Observation } from "../spaces/observation.js";
import { Slate } from "../spaces/slate.js";
import type { Space } from "../spaces/space.js";
import { allOrNothing } from "./allOrNothing.js";
import type { Environment, Info, ResetOptions, ResetResult, StepResult } from "./environment.js";
import { resetMistakes, userMistake, type EnvOptions } from "./envOptions.js";
import { readSnapshot, SNAPSHOT_FORMAT } from "./envSnapshot.js";
import { Episode } from "./episode.js";
import { observationSpace } from "./observe.js";

/** One life at a time: the one that this user lives in `simulate` under the same seed. See `makeEnv`. */
export class Env<User, Shown, Response> implements Environment<Observation<User, Shown, Response>> {
  readonly world: World<User, Shown, Response>;
  readonly observationSpace: Space<Observation<User, Shown, Response>>;
  readonly actionSpace: Slate;
  private readonly options: EnvOptions<Response>;
  private readonly reward: (responses: readonly Response[]) => number;
  private seed: string;
  private key: Key;
  private opened: OpenWorld<User, Response>;
  /** The user of the next episode. */
  private nextUser: number;
  private user = 0;
  private episode: Episode<User, Shown, Response> | undefined;
  private ended = false;

  /** The arguments are legal. */
  constructor(world: World<User, Shown, Response>, options: EnvOptions<Response>) {
    const { slateSize, numCandidates } = world;
    this.world = world;
    this.options = options;
    this.observationSpace = observationSpace(world);
    this.actionSpace = new Slate({ slateSize, numCandidates, allowRepeats: options.allowRepeats ?? false });
    const { reward } = options;
    this.reward = reward ? (responses) => checkedReward(reward(responses)) : (responses) => world.reward(responses);
    this.seed = seedText(options.seed ?? 0);
    this.key = seedKey(this.seed);
    this.opened = world.open(this.key);
    this.nextUser = options.user ?? 0;
  }

  /** Begins the next user's life, or the one asked for. Throws `InvalidInput`. */
  reset(options: ResetOptions = {}): ResetResult<Observation<User, Shown, Response>> {
    refuse(resetMistakes(options));
    return allOrNothing(this, () => {
      if (options.seed !== undefined) this.reseed(options.seed);
      const user = options.user ?? this.nextUser;
      refuse([userMistake(user)]);
      this.begin(user);
      return { observation: this.episode!.observe(null), info: this.info(null) };
    });
  }

  step(slate: readonly number[]): StepResult<Observation<User, Shown, Response>> {
    const mistake = this.closedMistake() ?? this.actionSpace.mistake(slate);
    if (mistake !== undefined) throw new InvalidInput([mistake]);
    const episode = this.episode!;
    const { responses, choiceProbabilities } = episode.step(slate);
    const { terminated } = episode.life;
    const truncated = !terminated && this.isOutOfTime();
    this.ended = terminated || truncated;
    return {
      observation: episode.observe(responses),
      reward: this.reward(responses),
      terminated,
      truncated,
      info: this.info(choiceProbabilities),
    };
  }

  snapshot(): Json {
    const { world, seed, nextUser, user, episode, ended } = this;
    const state = episode === undefined ? null : { time: episode.life.time, life: episode.life.snapshot() };
    return { ...SNAPSHOT_FORMAT, world: world.hash, seed, nextUser, user, ended, state };
  }

  restore(snapshot: Json): void {
    const { seed, nextUser, user, ended, state } = readSnapshot(snapshot, this.world);
    const restored = this.twin();
    restored.reseed(seed);
    if (state !== null) {
      restored.begin(user);
      restored.episode!.restore(state.life, state.time);
      restored.ended = restored.episode!.life.terminated || restored.isOutOfTime();
    }
    Object.assign(this, restored, { nextUser, ended: ended || restored.ended });
  }

  fork(): Env<User, Shown, Response> {
    const fork = this.twin();
    fork.restore(this.snapshot());
    return fork;
  }

  private twin(): Env<User, Shown, Response> {
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
    this.ended = this.episode.life.terminated;
  }

  private isOutOfTime(): boolean {
    return this.episode!.life.time >= (this.options.maxSteps ?? Infinity);
  }

  private info(choiceProbabilities: readonly number[] | null): Info {
    return { seed: this.seed, user: this.user, step: this.episode!.life.time, choiceProbabilities };
  }

  private closedMistake(): string | undefined {
    if (this.episode === undefined) return expectedMistake("step", "an episode: call reset first", "none");
    return this.ended
      ? expectedMistake("step", "an episode that goes on: call reset", "one that has ended")
      : undefined;
  }
}
