import { InvalidInput } from "../../check/invalidInput.js";
import { expectedMistake } from "../../check/mistakes.js";
import { refuse } from "../../check/refuse.js";
import { printed, shortName } from "../../check/shortName.js";
import { DEFAULT_SEED, seedKey, seedText } from "../../random/seedKey.js";
import { Slate } from "../../spaces/slate.js";
import type { World } from "../../world/world.js";
import { closedMistake } from "../envOptions.js";
import {
  batchResetMistakes,
  batchResetOnce,
  type AutoresetMode,
  type BatchEnvOptions,
  type BatchResetOptions,
} from "./batchOptions.js";
import { positionsOf, type BatchSlates } from "./batchSlates.js";
import { newStep, stepMistake, type BatchReset, type BatchStep } from "./batchStep.js";
import type { BatchBackend } from "../../world/batchBackend.js";
import { SlateCheck } from "../../spaces/slateCheck.js";

/** Many users at once, each in a lane of its own. See `makeBatchEnv`. */
export class BatchEnv<Observed> {
  readonly world: World;
  /** How many lanes there are. */
  readonly users: number;
  readonly autoreset: AutoresetMode;
  /** Of each lane's slate; a batch takes full slates only. */
  readonly actionSpace: Slate;
  private readonly backend: BatchBackend<Observed>;
  private readonly slateCheck: SlateCheck;
  private readonly maxSteps: number;
  private readonly firstUser: number;
  private seed: string;
  private begun = false;
  /** Of each lane: its user and the steps lived, whether its episode has ended, and whether it takes part in a step. */
  private readonly user: Uint32Array;
  private readonly steps: Uint32Array;
  private readonly ended: Uint8Array;
  private readonly stepping: Uint8Array;
  /** Whether any episode has ended. */
  private someEnded = false;

  /**
   * The arguments are legal; `backend` was opened under the options' seed. Call `makeBatchEnv`.
   * @internal
   */
  constructor(world: World, backend: BatchBackend<Observed>, options: BatchEnvOptions) {
    const {
      users,
      seed = DEFAULT_SEED,
      user = 0,
      maxSteps = Infinity,
      allowRepeats = false,
      autoreset = "nextStep",
    } = options;
    const { slateSize, numCandidates } = world;
    this.world = world;
    this.users = users;
    this.autoreset = autoreset;
    this.actionSpace = new Slate({ slateSize, numCandidates, allowRepeats });
    this.backend = backend;
    this.slateCheck = new SlateCheck(this.actionSpace);
    this.maxSteps = maxSteps;
    this.firstUser = user;
    this.seed = seedText(seed);
    this.user = new Uint32Array(users);
    this.steps = new Uint32Array(users);
    this.ended = new Uint8Array(users);
    this.stepping = new Uint8Array(users).fill(1);
    this.goBefore(user);
  }

  /** Begins the next episode of every lane, or of the lanes asked for. Throws `InvalidInput`. */
  reset(options: BatchResetOptions = {}): BatchReset<Observed> {
    const given = batchResetOnce(options);
    refuse(batchResetMistakes(given, this.users, this.begun));
    const { seed, user } = given;
    const lanes = given.lanes === undefined ? new Uint8Array(this.users).fill(1) : Uint8Array.from(given.lanes);
    if (seed !== undefined) {
      this.seed = seedText(seed);
      this.backend.open(seedKey(seed));
    }
    if (seed !== undefined || user !== undefined) this.goBefore(user ?? this.firstUser);
    this.begun = true;
    this.begin(lanes);
    const info = { seed: this.seed, user: this.user.slice(), step: this.steps.slice() };
    return { observation: this.backend.observation, info };
  }

  /**
   * Shows each lane its slate: positions, [lane][slot], as one list or as one for each lane; an Int32Array is the quickest. Throws
   * `InvalidInput`, and then nothing has changed.
   */
  step(slates: BatchSlates): BatchStep<Observed> {
    return this.stepInto(slates, newStep(this.backend.observation, this.users));
  }

  /**
   * The same, written over an earlier result of a batch of as many lanes, which is returned; in the long-term satisfaction
   * world nothing is made anew.
   */
  stepInto(slates: BatchSlates, result: BatchStep<Observed>): BatchStep<Observed> {
    this.check(slates, result);
    const { backend, ended, stepping } = this;
    const someRest = this.someEnded;
    if (someRest) {
      for (let lane = 0; lane < stepping.length; lane++) stepping[lane] = 1 - ended[lane]!;
      this.begin(ended);
    }
    backend.step(stepping);
    result.reward.set(backend.rewards);
    this.count(result);
    if (someRest) this.forgetRest(result);
    const hasFinal = this.autoreset === "sameStep" && this.someEnded;
    result.finalObservation = hasFinal ? backend.keep() : null;
    if (hasFinal) this.begin(ended);
    result.observation = backend.observation;
    result.info.seed = this.seed;
    result.info.user.set(this.user);
    result.info.step.set(this.steps);
    return result;
  }

  /** @internal */
  [printed](): string {
    const { world, users, seed, autoreset } = this;
    return shortName("BatchEnv", `${world.scenario}, ${users} users, seed ${seed}, autoreset ${autoreset}`);
  }

  /** Counts the step and says whose episodes it ended. */
  private count({ terminated, truncated }: BatchStep<Observed>): void {
    const { steps, stepping, ended, maxSteps, backend } = this;
    for (let lane = 0; lane < steps.length; lane++) steps[lane]! += stepping[lane]!;
    ended.set(backend.terminated);
    terminated.set(backend.terminated);
    truncated.fill(0);
    if (maxSteps < Infinity) {
      for (let lane = 0; lane < steps.length; lane++) {
        if (ended[lane] === 0 && steps[lane]! >= maxSteps) truncated[lane] = ended[lane] = 1;
      }
    }
    this.someEnded = ended.includes(1);
  }

  /** Lanes that began in this step were not ended by it, even if their lives were over as they began. */
  private forgetRest({ terminated }: BatchStep<Observed>): void {
    const { stepping } = this;
    for (let lane = 0; lane < stepping.length; lane++) terminated[lane]! &= stepping[lane]!;
    stepping.fill(1);
  }

  /** Begins the next episodes of those lanes. A world may end a life before its first step. */
  private begin(lanes: Uint8Array): void {
    const { user, steps, ended, users } = this;
    for (let lane = 0; lane < users; lane++) {
      if (lanes[lane] === 0) continue;
      user[lane]! += users; // goes round at 2^32
      steps[lane] = 0;
    }
    this.backend.begin(lanes, user);
    for (let lane = 0; lane < users; lane++) if (lanes[lane] === 1) ended[lane] = this.backend.terminated[lane]!;
    this.someEnded = ended.includes(1);
  }

  /** Makes that user the first lane's next one, and its neighbours those of the other lanes. */
  private goBefore(firstUser: number): void {
    for (let lane = 0; lane < this.users; lane++) this.user[lane] = firstUser + lane - this.users;
  }

  private check(slates: BatchSlates, result: BatchStep<Observed>): void {
    const mistake = this.stepMistake(result);
    if (mistake !== undefined) throw new InvalidInput([mistake]);
    this.backend.slates.set(positionsOf(slates, this.users, this.world.slateSize));
    if (this.slateCheck.firstBroken(this.backend.slates, this.ended) < 0) return; // lanes about to begin are not looked at
    throw new InvalidInput(this.slateCheck.mistakes(this.backend.slates, this.ended, (lane) => `lane ${lane}`));
  }

  private stepMistake(result: BatchStep<Observed>): string | undefined {
    if (!this.begun) return closedMistake(false);
    if (this.autoreset === "disabled" && this.someEnded) {
      const ended = [...this.ended.keys()].filter((lane) => this.ended[lane] === 1);
      return expectedMistake("step", "lanes whose episodes go on: reset those that have ended", ended);
    }
    return stepMistake(result, this.users);
  }
}
