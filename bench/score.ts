import type { Contender } from "./contender.js";

/** What one contender did over all rounds. */
export class Score {
  readonly contender: Contender;
  /** User-steps per second of CPU time, by round; the warm-up is left out. */
  readonly speeds: number[] = [];
  private users = 0;
  private sum = 0;
  private sumOfSquares = 0;
  private seconds = 0;
  private usersBefore = 0;

  constructor(contender: Contender) {
    this.contender = contender;
  }

  /** One call of the contender. What it says goes into the mean, during the warm-up too: no timed work is thrown away. */
  live(): void {
    const { clock, live, users } = this.contender;
    const start = clock();
    const { sum, sumOfSquares } = live();
    this.seconds += clock() - start;
    this.users += users;
    this.sum += sum;
    this.sumOfSquares += sumOfSquares;
  }

  /** The speed since the last round; begins the next one. */
  endRound(): number {
    const steps = this.contender.task.world.parameters.timeBudget;
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
