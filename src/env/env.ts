import { InvalidInput } from "../check/invalidInput.js";
import { expectedMistake } from "../check/mistakes.js";
import type { Json } from "../check/json.js";
import { refuse } from "../check/refuse.js";
import { WORLD_STREAM, wordSource } from "../random/address.js";
import { seedKey, seedText, type Key, type Seed } from "../random/seedKey.js";
import type { Candidates, OpenWorld, UserLife, World } from "../scenario/world.js";
import type { Observation } from "../spaces/observation.js";
import { Slate } from "../spaces/slate.js";
import type { Space } from "../spaces/space.js";
import type { Environment, Info, ResetOptions, ResetResult, StepResult } from "./environment.js";
import { resetMistakes, userMistake, type EnvOptions } from "./envOptions.js";
import { readSnapshot, SNAPSHOT_FORMAT } from "./envSnapshot.js";
import { observationSpace, showById } from "./observe.js";

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
  private life: UserLife<User, Response> | undefined;
  private candidates: Candidates | undefined;
  private documents: readonly unknown[] = [];
  private ended = false;

  /** The arguments are legal. */
  constructor(world: World<User, Shown, Response>, options: EnvOptions<Response>) {
    const { slateSize, numCandidates } = world;
    this.world = world;
    this.options = options;
    this.observationSpace = observationSpace(world);
    this.actionSpace = new Slate({ slateSize, numCandidates, allowRepeats: options.allowRepeats ?? false });
    this.reward = options.reward ?? ((responses) => world.reward(responses));
    this.seed = seedText(options.seed ?? 0);
    this.key = seedKey(this.seed);
    this.opened = world.open(this.key);
    this.nextUser = options.user ?? 0;
  }

  /** Begins the next user's life, or the one asked for. Throws `InvalidInput`. */
  reset(options: ResetOptions = {}): ResetResult<Observation<User, Shown, Response>> {
    refuse(resetMistakes(options));
    if (options.seed !== undefined) this.reseed(options.seed);
    const user = options.user ?? this.nextUser;
    refuse([userMistake(user)]);
    this.begin(user);
    return { observation: this.observe(null), info: this.info(null) };
  }

  step(slate: readonly number[]): StepResult<Observation<User, Shown, Response>> {
    const { life } = this;
    const mistake = this.closedMistake() ?? this.actionSpace.mistake(slate);
    if (mistake !== undefined) throw new InvalidInput([mistake]);
    const { responses, choiceProbabilities } = life!.step(slate.map((position) => this.documents[position]));
    const { terminated, time } = life!;
    const truncated = !terminated && time >= (this.options.maxSteps ?? Infinity);
    this.ended = terminated || truncated;
    this.lookAtCandidates();
    return {
      observation: this.observe(responses),
      reward: this.reward(responses),
      terminated,
      truncated,
      info: this.info(choiceProbabilities),
    };
  }

  snapshot(): Json {
    const { world, seed, nextUser, user, life, ended } = this;
    const state = life === undefined ? null : { time: life.time, life: life.snapshot() };
    return { ...SNAPSHOT_FORMAT, world: world.hash, seed, nextUser, user, ended, state };
  }

  restore(snapshot: Json): void {
    const { seed, nextUser, user, ended, state } = readSnapshot(snapshot, this.world.hash);
    const restored = this.twin();
    restored.reseed(seed);
    if (state !== null) {
      restored.begin(user);
      restored.life!.restore(state.life, state.time);
      restored.lookAtCandidates();
    }
    Object.assign(this, restored, { nextUser, ended });
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
    const source = wordSource(this.key, WORLD_STREAM, user);
    this.user = user;
    this.nextUser = user + 1;
    this.life = this.opened.user(source);
    this.candidates = this.opened.candidates(source);
    this.ended = this.life.terminated;
    this.lookAtCandidates();
  }

  private lookAtCandidates(): void {
    this.documents = this.candidates!.documents(this.life!.time);
  }

  private observe(response: readonly Response[] | null): Observation<User, Shown, Response> {
    const life = this.life!;
    const doc = showById(this.world, this.documents, this.candidates!.firstId(life.time));
    return { user: life.observe(), doc, response };
  }

  private info(choiceProbabilities: readonly number[] | null): Info {
    return { seed: this.seed, user: this.user, step: this.life!.time, choiceProbabilities };
  }

  private closedMistake(): string | undefined {
    if (this.life === undefined) return expectedMistake("step", "an episode: call reset first", "none");
    return this.ended
      ? expectedMistake("step", "an episode that goes on: call reset", "one that has ended")
      : undefined;
  }
}
