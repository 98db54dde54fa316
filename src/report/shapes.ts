/** What the reports read of the engine's documents. Plain shapes, so that a report can be tested with a hand-made one. */

export interface MomentsShape {
  readonly mean: number;
  readonly variance: number;
  readonly standardError: number;
  readonly ci95: readonly [number, number];
  readonly min: number;
  readonly max: number;
}

export interface SeriesShape {
  readonly mean: readonly number[];
  readonly standardError: readonly number[];
}

export interface RunShape {
  readonly policy: string;
  readonly users: number;
  readonly firstUser: number;
  readonly steps: number;
  readonly seed: string;
  readonly engine: string;
  readonly streamVersion: number;
  readonly digest: string;
  readonly metrics: {
    readonly totalEngagement: MomentsShape;
    readonly finalSatisfaction: MomentsShape;
    readonly finalExposure: MomentsShape;
    readonly clickedEducativeness: MomentsShape;
    readonly clickPositions: readonly number[];
    readonly noClicks: number;
    readonly perStep: { readonly engagement: SeriesShape; readonly satisfaction: SeriesShape };
  };
  readonly timing: { readonly seconds: number; readonly userStepsPerSecond: number };
}

export interface TraceShape {
  readonly policy: string;
  readonly user: number;
  readonly seed: string;
  readonly initial: { readonly exposure: number; readonly satisfaction: number; readonly observation: number };
  readonly steps: readonly TraceStepShape[];
}

export interface TraceStepShape {
  readonly candidates: readonly { readonly educativeness: number }[];
  /** Positions in `candidates`. */
  readonly slate: readonly number[];
  /** In slate order, then no click. */
  readonly probabilities: readonly number[];
  /** The clicked slot, or the slate's length for no click. */
  readonly choice: number;
  readonly engagement: number;
  readonly exposure: number;
  readonly satisfaction: number;
  readonly observation: number;
}
