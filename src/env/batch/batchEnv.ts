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

/** Many users at once, in environments with consecutive users. See `makeBatchEnv`. */
export class BatchEnv<Observed> {
  readonly world: World;
  /** Number of environments. */
  readonly users: number;
  readonly autoreset: AutoresetMode;
  /** Action space of one environment; a batch takes full slates only. */
  readonly actionSpace: Slate;
  private readonly backend: BatchBackend<Observed>;
  private readonly slateCheck: SlateCheck;
  private readonly maxSteps: number;
  private readonly firstUser: number;
  private seed: string;
  private begun = false;
  /** For each environment: its user and the steps taken, whether its episode has ended, and whether it takes part in a step. */
  private readonly user: Uint32Array;
  private readonly steps: Uint32Array;
  private readonly ended: Uint8Array;
  private readonly stepping: Uint8Array;
  /** Whether any episode has ended. */
  private anyEnded = false;

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
    this.setNextUsers(user);
  }

  /** Begins the next episode of every environment, or of those in `options.resetMask`. Throws `InvalidInput`. */
  reset(options: BatchResetOptions = {}): BatchReset<Observed> {
    const given = batchResetOnce(options);
    refuse(batchResetMistakes(given, this.users, this.begun));
    const { seed, user } = given;
    const mask = given.resetMask === undefined ? new Uint8Array(this.users).fill(1) : Uint8Array.from(given.resetMask);
    if (seed !== undefined) {
      this.seed = seedText(seed);
      this.backend.open(seedKey(seed));
    }
    if (seed !== undefined || user !== undefined) this.setNextUsers(user ?? this.firstUser);
    this.begun = true;
    this.begin(mask);
    const info = { seed: this.seed, user: this.user.slice(), step: this.steps.slice() };
    return { observation: this.backend.observation, info };
  }

  /**
   * Steps each environment with its slate: positions, [index][slot], as one list or a list for each environment; fastest as an Int32Array. Throws
   * `InvalidInput`, and then nothing has changed.
   */
  step(slates: BatchSlates): BatchStep<Observed> {
    return this.stepInto(slates, newStep(this.backend.observation, this.users));
  }

  /**
   * Does the work of `step`, overwrites an earlier result of a batch of the same size, and returns it; in the long-term satisfaction
   * world nothing is allocated.
   */
  stepInto(slates: BatchSlates, result: BatchStep<Observed>): BatchStep<Observed> {
    this.check(slates, result);
    const { backend, ended, stepping } = this;
    const anyResetting = this.anyEnded;
    if (anyResetting) {
      for (let index = 0; index < stepping.length; index++) stepping[index] = 1 - ended[index]!;
      this.begin(ended);
    }
    backend.step(stepping);
    result.reward.set(backend.rewards);
    this.count(result);
    if (anyResetting) this.clearResetEnvironments(result);
    const hasFinal = this.autoreset === "sameStep" && this.anyEnded;
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

  /** Counts the step and records which episodes it ended. */
  private count({ terminated, truncated }: BatchStep<Observed>): void {
    const { steps, stepping, ended, maxSteps, backend } = this;
    for (let index = 0; index < steps.length; index++) steps[index]! += stepping[index]!;
    ended.set(backend.terminated);
    terminated.set(backend.terminated);
    truncated.fill(0);
    if (maxSteps < Infinity) {
      for (let index = 0; index < steps.length; index++) {
        if (ended[index] === 0 && steps[index]! >= maxSteps) truncated[index] = ended[index] = 1;
      }
    }
    this.anyEnded = ended.includes(1);
  }

  /** Clears `terminated` of environments that were reset in this step, even if their new episodes were over as they began. */
  private clearResetEnvironments({ terminated }: BatchStep<Observed>): void {
    const { stepping } = this;
    for (let index = 0; index < stepping.length; index++) terminated[index]! &= stepping[index]!;
    stepping.fill(1);
  }

  /** Begins the next episodes of the environments in the mask. A world may end an episode before its first step. */
  private begin(mask: Uint8Array): void {
    const { user, steps, ended, users } = this;
    for (let index = 0; index < users; index++) {
      if (mask[index] === 0) continue;
      user[index]! += users; // wraps modulo 2^32
      steps[index] = 0;
    }
    this.backend.begin(mask, user);
    for (let index = 0; index < users; index++) if (mask[index] === 1) ended[index] = this.backend.terminated[index]!;
    this.anyEnded = ended.includes(1);
  }

  /** Sets the users so that the next episode of the first environment is that of `firstUser`, and so on. */
  private setNextUsers(firstUser: number): void {
    for (let index = 0; index < this.users; index++) this.user[index] = firstUser + index - this.users;
  }

  private check(slates: BatchSlates, result: BatchStep<Observed>): void {
    const mistake = this.stepMistake(result);
    if (mistake !== undefined) throw new InvalidInput([mistake]);
    this.backend.slates.set(positionsOf(slates, this.users, this.world.slateSize));
    if (this.slateCheck.firstInvalidSlot(this.backend.slates, this.ended) < 0) return; // slates of environments about to be reset are ignored
    throw new InvalidInput(
      this.slateCheck.mistakes(this.backend.slates, this.ended, (index) => `environment ${index}`),
    );
  }

  private stepMistake(result: BatchStep<Observed>): string | undefined {
    if (!this.begun) return closedMistake(false);
    if (this.autoreset === "disabled" && this.anyEnded) {
      const ended = [...this.ended.keys()].filter((index) => this.ended[index] === 1);
      return expectedMistake("step", "environments whose episodes go on: reset those that have ended", ended);
    }
    return stepMistake(result, this.users);
  }
}
