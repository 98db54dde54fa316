import type { ControlledReturn } from "../control/controlledReturn.js";
import { callWorld, failureOf } from "../policies/callPolicy.js";
import type { SlateFiller } from "../policies/slateFiller.js";
import { TILE_USERS } from "../statistics/blocks.js";
import { BlockTally } from "../statistics/blockTally.js";
import { UserDigest } from "../statistics/userDigest.js";
import type { BlockEngine, EngineOptions } from "../world/blockEngine.js";
import { ActiveUser, Episode } from "../world/episode.js";
import type { MetricStep } from "../world/metrics.js";
import type { World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { MetricTally, type MetricState } from "./metricTally.js";
import { simulateTile, type TakeStep } from "./simulateTile.js";

/** A user of the block, and the sums of its episode. */
class TalliedUser<T extends WorldTypes> extends ActiveUser<T> {
  readonly digest: UserDigest;
  /** Index in the block. */
  readonly place: number;
  readonly metrics: MetricState;

  constructor(user: number, episode: Episode<T>, place: number, metrics: MetricState) {
    super(user, episode);
    this.digest = new UserDigest(user);
    this.place = place;
    this.metrics = metrics;
  }
}

/**
 * Simulates blocks of any world in TypeScript: the users of a tile step by step together, until their episodes or `steps` are over.
 * This is the reference engine for kernels, whose sums have the same bits. `controlled`: what returns are made of under that estimator.
 */
export function episodeEngine<T extends WorldTypes>(
  world: World<T>,
  filler: SlateFiller<T>,
  options: EngineOptions,
  controlled?: ControlledReturn<T>,
): BlockEngine {
  const block = new EpisodeBlock(world, options, filler.observes || options.metrics.length > 0, controlled);
  const takeStep: TakeStep<TalliedUser<T>> = (active, positions, step) => block.step(active, positions, step);
  const simulate = (firstUser: number, users: number): void => {
    const all = Array.from({ length: users }, (_, index) => block.open(firstUser + index));
    simulateTile(world, filler, all, options.steps, takeStep);
    for (const each of all) block.close(each);
  };
  return { tileUsers: TILE_USERS, begin: () => block.begin(), simulate, sums: () => block.sums() };
}

/** Simulates a block. Errors of the world's functions are wrapped with user and step. */
class EpisodeBlock<T extends WorldTypes> {
  private readonly world: World<T>;
  private readonly options: EngineOptions;
  private readonly opened;
  private readonly metrics: MetricTally;
  private readonly observed: boolean;
  private readonly controlled: ControlledReturn<T> | undefined;
  private tally: BlockTally;

  /** `observed`: whether anything reads the responses. */
  constructor(world: World<T>, options: EngineOptions, observed: boolean, controlled: ControlledReturn<T> | undefined) {
    this.observed = observed;
    this.controlled = controlled;
    this.world = world;
    this.options = options;
    this.opened = world.open(options.key);
    this.metrics = new MetricTally(options.metrics, options.weights.warmUp);
    this.tally = this.newTally();
  }

  begin(): void {
    this.tally = this.newTally();
  }

  open(user: number): TalliedUser<T> {
    const episode = callWorld(this.world, 0, user, () => {
      return new Episode(this.world, this.opened, this.options.key, user);
    });
    const metrics = this.metrics.open(user);
    const place = this.tally.openUser();
    const { controlled } = this;
    if (controlled) {
      callWorld(this.world, 0, user, () => this.tally.addToEstimate(place, controlled.start(episode.user)));
    }
    return new TalliedUser(user, episode, place, metrics);
  }

  step(active: TalliedUser<T>, positions: readonly number[], step: number): void {
    let observed: MetricStep;
    try {
      observed = this.takeStep(active, positions, step);
    } catch (error) {
      throw failureOf(`world "${this.world.scenario}"`, step, `user ${active.user}`, error);
    }
    if (this.options.metrics.length > 0) this.metrics.add(observed, active.metrics, active.place, this.tally);
  }

  close({ user, digest, place, metrics }: TalliedUser<T>): void {
    const values = this.metrics.close(metrics, this.tally.lengthOf(place), user);
    this.tally.closeUser(place, values, digest.value);
  }

  sums() {
    return this.tally.sums();
  }

  private takeStep(active: TalliedUser<T>, positions: readonly number[], step: number): MetricStep {
    const { world, tally, controlled } = this;
    const { user, episode, place } = active;
    const slate = episode.slate(positions); // before the step, which replaces the candidates
    if (this.options.estimator === "expected") tally.expectReward(place, step, episode.user.expectedReward!(slate));
    if (controlled) tally.addToEstimate(place, controlled.before(episode, slate, step));
    const { choice, responses, reward } = episode.user.step(slate, this.observed);
    active.responses = responses;
    active.reward = reward;
    const slot = choice < slate.length ? choice : world.slateSize;
    episode.user.foldStep(active.digest, slot, reward);
    tally.addStep(place, step, slot, reward);
    if (controlled) tally.addToEstimate(place, -controlled.after(episode.user, step));
    const { state } = episode.user;
    return { user, step, slate, choice, clicked: slate[choice], responses, reward, state };
  }

  private newTally(): BlockTally {
    const { layout, steps, estimator, weights } = this.options;
    const { slateSize, kernel } = this.world;
    return new BlockTally({ layout, slateSize, steps, estimator, weights, lanes: kernel?.seriesLanes ?? 1 });
  }
}
