import type { Contender } from "./contender.js";

/** What one contender did over all rounds. */
export class Score {
  readonly contender: Contender;
  /** User-steps per second, by round; the warm-up is left out. */
  readonly speeds: number[] = [];
  private users = 0;
  private sum = 0;
  private sumOfSquares = 0;

  constructor(contender: Contender) {
    this.contender = contender;
  }

  /** One call of the contender. What it says goes into the mean, during the warm-up too: no timed work is thrown away. */
  live(): void {
    const { sum, sumOfSquares } = this.contender.live();
    this.users += this.contender.users;
    this.sum += sum;
    this.sumOfSquares += sumOfSquares;
  }

  addRound(secondsPerCall: number): void {
    const { users, task } = this.contender;
    this.speeds.push((users * task.world.parameters.timeBudget) / secondsPerCall);
  }

  /** Of the total engagement of a user, in seconds. */
  engagement(): { mean: number; standardError: number } {
    const mean = this.sum / this.users;
    const variance = this.sumOfSquares / this.users - mean * mean;
    return { mean, standardError: Math.sqrt(variance / this.users) };
  }
}
