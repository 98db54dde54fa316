/** The one part of a result that differs from run to run. */
export interface Timing {
  /** Wall-clock time. */
  readonly seconds: number;
  /** Speed of this very run, without what a store had kept; 0 if it simulated nothing. */
  readonly userStepsPerSecond: number;
  /** Users simulated by this run, under each policy: all of them except those read from a store. */
  readonly simulatedUsers: number;
  /** Number of threads that simulated; 1 for the calling thread. */
  readonly workers: number;
}

/** Measurements from which a timing is made. */
export interface Pace extends Omit<Timing, "userStepsPerSecond"> {
  /** User-steps simulated by this run, under all policies. */
  readonly userSteps: number;
}

/** Returns steps per second; handles a clock that has not advanced, and zero steps. */
export function timingOf({ seconds, userSteps, simulatedUsers, workers }: Pace): Timing {
  return { seconds, userStepsPerSecond: seconds > 0 ? userSteps / seconds : 0, simulatedUsers, workers };
}

/** Returns the timing of two runs one after the other. */
export function joinPaces(a: Pace, b: Pace): Pace {
  return {
    seconds: a.seconds + b.seconds,
    userSteps: a.userSteps + b.userSteps,
    simulatedUsers: a.simulatedUsers + b.simulatedUsers,
    workers: Math.max(a.workers, b.workers),
  };
}
