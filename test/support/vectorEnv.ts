// Gymnasium's SyncVectorEnv, as its source has it, over single environments: what a batch is compared with.
import { makeEnv, type AutoresetMode, type EnvOptions, type Observation, type World } from "../../src/index.js";

type Env = Awaited<ReturnType<typeof makeEnv>>;

/** What one lane shows. */
export interface LaneView {
  readonly observation: Observation;
  readonly user: number;
  readonly step: number;
}

export interface LaneStep extends LaneView {
  readonly reward: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
  readonly finalObservation: Observation | null;
}

export class VectorEnv {
  private readonly mode: AutoresetMode;
  private readonly envs: readonly Env[];
  /** Of each lane, the user of its next episode. */
  private next: number[] = [];
  private ended: boolean[] = [];
  private views: LaneView[] = [];

  static async open(world: World, users: number, mode: AutoresetMode, options: EnvOptions): Promise<VectorEnv> {
    const envs = await Promise.all(Array.from({ length: users }, () => makeEnv(world, options)));
    return new VectorEnv(envs, mode);
  }

  private constructor(envs: readonly Env[], mode: AutoresetMode) {
    this.envs = envs;
    this.mode = mode;
  }

  /** From then on lane i goes on with user `firstUser` + i. */
  goTo(firstUser: number): void {
    this.next = this.envs.map((_, lane) => firstUser + lane);
  }

  reset(lanes: readonly boolean[]): readonly LaneView[] {
    lanes.forEach((meant, lane) => {
      if (meant) this.begin(lane);
    });
    return [...this.views];
  }

  /** The lanes whose slates the next step looks at. */
  get looking(): readonly boolean[] {
    return this.ended.map((ended) => !ended);
  }

  step(slates: readonly (readonly number[])[]): readonly LaneStep[] {
    return this.envs.map((_, lane) => this.stepLane(lane, slates[lane]!));
  }

  private stepLane(lane: number, slate: readonly number[]): LaneStep {
    if (this.ended[lane]) {
      this.begin(lane);
      return { ...this.views[lane]!, reward: 0, terminated: false, truncated: false, finalObservation: null };
    }
    const { observation, reward, terminated, truncated, info } = this.envs[lane]!.step(slate);
    this.views[lane] = { observation, user: info.user, step: info.step };
    this.ended[lane] = terminated || truncated;
    const ends = this.mode === "sameStep" && (terminated || truncated);
    if (ends) this.begin(lane);
    const finalObservation = ends ? observation : null;
    return { ...this.views[lane]!, reward, terminated, truncated, finalObservation };
  }

  private begin(lane: number): void {
    const { observation, info } = this.envs[lane]!.reset({ user: this.next[lane]! });
    this.next[lane]! += this.envs.length;
    this.views[lane] = { observation, user: info.user, step: info.step };
    this.ended[lane] = false;
  }
}
