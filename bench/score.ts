import type { Candidate } from "./candidate.js";

/** What one candidate did over all rounds. */
export class Score {
  readonly candidate: Candidate;
  /** User-steps per second of CPU time, by round; the warm-up is left out. */
  readonly speeds: number[] = [];
  private users = 0;
  private sum = 0;
  private sumOfSquares = 0;
  private seconds = 0;
  private usersBefore = 0;

  constructor(candidate: Candidate) {
    this.candidate = candidate;
  }

  /** One call of the candidate. What it says goes into the mean, during the warm-up too: no timed work is thrown away. */
  run(): void {
    const { clock, run, users } = this.candidate;
    const start = clock();
    const { sum, sumOfSquares } = run();
    this.seconds += clock() - start;
    this.users += users;
    this.sum += sum;
    this.sumOfSquares += sumOfSquares;
  }

  /** The speed since the last round; begins the next one. */
  endRound(): number {
    const steps = this.candidate.task.world.timeBudget;
    const speed = ((this.users - this.usersBefore) * steps) / this.seconds;
    this.usersBefore = this.users;
    this.seconds = 0;
    return speed;
  }

  /** Of the total engagement of a user, in seconds. */
  engagement(): { mean: number; standardError: number } {
    const mean = this.sum / this.users;
    const variance = this.sumOfSquares / this.users - mean * mean;
    return { mean, standardError: Math.sqrt(variance / this.users) };
  }
}
