// The careful version with an agent outside: all that the kernel shows after a step is stored, user by user in one pass,
// in typed arrays. Both normals of a pair are used, and one random number makes the clusters of all of a user's documents.
import { processClock } from "../clock.js";
import type { Candidate, Engagements, Task } from "../candidate.js";
import { writeTopThree } from "./topThree.js";

const USERS = 4096;
const SLATE = 3;

/** Knows slates of the first three documents and of the most educational three. */
export function batchTyped(task: Task): Candidate {
  const batch = new Batch(task);
  return { name: "typed", task, users: USERS, run: () => batch.run(), clock: processClock };
}

class Batch {
  private readonly exposures = new Float64Array(USERS);
  private readonly satisfactions = new Float64Array(USERS);
  private readonly totals = new Float64Array(USERS);
  // What is shown: a user's documents lie side by side.
  private readonly educativeness: Float64Array;
  private readonly clusters: Uint8Array;
  private readonly observations = new Float64Array(USERS);
  // What is handed in, and what comes of it.
  private readonly slates = Int32Array.from({ length: USERS * SLATE }, (_, i) => i % SLATE);
  private readonly choices = new Int32Array(USERS);
  private readonly engagements = new Float64Array(USERS);
  private readonly looks: boolean;
  private readonly numCandidates: number;
  private readonly numClusters: number;
  private readonly steps: number;

  constructor({ policy, world: { parameters, timeBudget } }: Task) {
    this.looks = policy.rule !== "first";
    this.numCandidates = parameters.numCandidates;
    this.numClusters = parameters.numClusters;
    this.steps = timeBudget;
    this.educativeness = new Float64Array(USERS * this.numCandidates);
    this.clusters = new Uint8Array(USERS * this.numCandidates);
  }

  run(): Engagements {
    this.reset();
    for (let step = 0; step < this.steps; step++) this.step();
    let sum = 0;
    let sumOfSquares = 0;
    for (const total of this.totals) {
      sum += total;
      sumOfSquares += total * total;
    }
    return { sum, sumOfSquares };
  }

  private reset(): void {
    for (let user = 0; user < USERS; user++) {
      this.moveTo(user, (Math.random() - 0.5) * 10);
      this.totals[user] = 0;
      this.drawDocuments(user);
    }
    this.showSatisfactions();
  }

  private step(): void {
    for (let user = 0; user < USERS; user++) {
      if (this.looks) this.fillSlate(user);
      this.respond(user, this.choose(user));
      this.drawDocuments(user);
    }
    this.showSatisfactions();
  }

  private fillSlate(user: number): void {
    const start = user * this.numCandidates;
    writeTopThree(this.educativeness, start, start + this.numCandidates, this.slates, user * SLATE);
  }

  /** The educativeness of the clicked document. */
  private choose(user: number): number {
    const a = this.shown(user, 0);
    const b = this.shown(user, 1);
    const c = this.shown(user, 2);
    const weightA = Math.exp(1 - a);
    const weightB = Math.exp(1 - b);
    const point = Math.random() * (weightA + weightB + Math.exp(1 - c));
    const choice = point < weightA ? 0 : point < weightA + weightB ? 1 : 2;
    this.choices[user] = choice;
    return choice === 0 ? a : choice === 1 ? b : c;
  }

  private shown(user: number, slot: number): number {
    return this.educativeness[user * this.numCandidates + this.slates[user * SLATE + slot]!]!;
  }

  private respond(user: number, k: number): void {
    const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
    const angle = 2 * Math.PI * Math.random();
    const logMean = this.satisfactions[user]! * (k * 4 + (1 - k) * 5);
    const engagement = Math.exp(logMean + (k * 1 + (1 - k) * 1) * radius * Math.cos(angle));
    this.engagements[user] = engagement;
    this.totals[user]! += engagement;
    this.moveTo(user, 0.9 * this.exposures[user]! + 2 * (k - 0.5) + 0.05 * radius * Math.sin(angle));
  }

  private moveTo(user: number, exposure: number): void {
    this.exposures[user] = exposure;
    this.satisfactions[user] = 1 / (1 + Math.exp(-0.01 * exposure));
  }

  private drawDocuments(user: number): void {
    const start = user * this.numCandidates;
    let digits = Math.random();
    for (let at = start; at < start + this.numCandidates; at++) {
      this.educativeness[at] = Math.random();
      digits *= this.numClusters;
      const cluster = digits | 0;
      digits -= cluster;
      this.clusters[at] = cluster;
    }
  }

  private showSatisfactions(): void {
    for (let user = 0; user < USERS; user += 2) {
      const radius = 0.1 * Math.sqrt(-2 * Math.log(1 - Math.random()));
      const angle = 2 * Math.PI * Math.random();
      this.showSatisfaction(user, radius * Math.cos(angle));
      this.showSatisfaction(user + 1, radius * Math.sin(angle));
    }
  }

  private showSatisfaction(user: number, noise: number): void {
    this.observations[user] = this.satisfactions[user]! + Math.max(-1, Math.min(1, noise));
  }
}
