/** The one part of a result that differs from run to run. */
export interface Timing {
  readonly seconds: number;
  /** Of the user-steps simulated by this very run, not of those that a store had kept; 0 if it simulated none. */
  readonly userStepsPerSecond: number;
  /** Users simulated by this very run, under each policy: all of them, unless a store had kept some. */
  readonly simulatedUsers: number;
  /** Threads at work; 1 if that was the calling one. */
  readonly workers: number;
}

/** What a timing is made from. */
export interface Pace extends Omit<Timing, "userStepsPerSecond"> {
  /** Simulated by this very run, under all policies. */
  readonly userSteps: number;
}

/** A clock may not have moved, and nothing may have been simulated. */
export function timingOf({ seconds, userSteps, simulatedUsers, workers }: Pace): Timing {
  return { seconds, userStepsPerSecond: seconds > 0 ? userSteps / seconds : 0, simulatedUsers, workers };
}

/** Of runs that were made one after the other. */
export function joinPaces(a: Pace, b: Pace): Pace {
  return {
    seconds: a.seconds + b.seconds,
    userSteps: a.userSteps + b.userSteps,
    simulatedUsers: a.simulatedUsers + b.simulatedUsers,
    workers: Math.max(a.workers, b.workers),
  };
}
