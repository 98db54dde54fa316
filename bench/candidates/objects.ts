// A simple version: a document is an object, a step returns an observation, and nothing is reused.
import { processClock } from "../clock.js";
import type { Candidate, Engagements, Task } from "../candidate.js";

interface Document {
  id: number;
  k: number;
  cluster: number;
}

interface Observation {
  documents: Document[];
  satisfaction: number;
}

interface StepResult {
  observation: Observation;
  reward: number;
  done: boolean;
  responses: { clicked: boolean; engagement: number }[];
}

type Agent = (observation: Observation) => number[];

const NUM_CANDIDATES = 10;
const USERS = 256;

/** Knows slates of three of ten documents without a way to decline. */
export function objects(task: Task): Candidate {
  const environment = new Environment();
  const agent = task.policy.rule === "first" ? firstThree : mostEducational;
  return { name: "objects", task, users: USERS, run: () => liveUsers(environment, agent), clock: processClock };
}

function liveUsers(environment: Environment, agent: Agent): Engagements {
  const totals = Array.from({ length: USERS }, () => simulateUser(environment, agent));
  const sum = totals.reduce((a, b) => a + b, 0);
  const sumOfSquares = totals.reduce((a, b) => a + b * b, 0);
  return { sum, sumOfSquares };
}

function simulateUser(environment: Environment, agent: Agent): number {
  let observation = environment.reset();
  let total = 0;
  let done = false;
  while (!done) {
    const result = environment.step(agent(observation));
    total += result.reward;
    ({ observation, done } = result);
  }
  return total;
}

function firstThree(): number[] {
  return [0, 1, 2];
}

function mostEducational({ documents }: Observation): number[] {
  const ranked = documents.map(({ k }, i) => ({ k, i }));
  ranked.sort((a, b) => b.k - a.k);
  return ranked.slice(0, 3).map(({ i }) => i);
}

class User {
  exposure: number;
  satisfaction = 0;
  timeBudget = 60;

  constructor(uniform: number) {
    this.exposure = (uniform - 0.5) / (1 - 0.9);
    this.satisfy();
  }

  respond(k: number, noise: number): void {
    this.exposure = 0.9 * this.exposure + 2 * (k - 0.5) + 0.05 * noise;
    this.satisfy();
    this.timeBudget -= 1;
  }

  private satisfy(): void {
    this.satisfaction = 1 / (1 + Math.exp(-0.01 * this.exposure));
  }
}

class Environment {
  private user!: User;
  private documents!: Document[];

  reset(): Observation {
    this.user = new User(Math.random());
    this.documents = this.sampleDocuments();
    return this.observe();
  }

  step(slate: number[]): StepResult {
    const shown = slate.map((i) => this.documents[i]!);
    const clicked = this.choose(shown);
    const engagement = this.engage(clicked);
    this.user.respond(clicked.k, this.normal());
    this.documents = this.sampleDocuments();
    return {
      observation: this.observe(),
      reward: engagement,
      done: this.user.timeBudget <= 0,
      responses: shown.map((it) => ({ clicked: it === clicked, engagement: it === clicked ? engagement : 0 })),
    };
  }

  private choose(shown: Document[]): Document {
    const weights = shown.map(({ k }) => Math.exp(1 - k));
    let left = Math.random() * weights.reduce((a, b) => a + b, 0);
    let slot = 0;
    while (slot < weights.length - 1 && left >= weights[slot]!) left -= weights[slot++]!;
    return shown[slot]!;
  }

  private engage({ k }: Document): number {
    const logMean = this.user.satisfaction * (k * 4 + (1 - k) * 5);
    const logStddev = k * 1 + (1 - k) * 1;
    return Math.exp(logMean + logStddev * this.normal());
  }

  private sampleDocuments(): Document[] {
    return Array.from({ length: NUM_CANDIDATES }, (_, id) => {
      return { id, k: Math.random(), cluster: Math.floor(Math.random() * 4) };
    });
  }

  private observe(): Observation {
    const noise = Math.max(-10, Math.min(10, this.normal()));
    return {
      documents: this.documents.map(({ id, k, cluster }) => ({ id, k, cluster })),
      satisfaction: this.user.satisfaction + 0.1 * noise,
    };
  }

  private normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
    return radius * Math.cos(2 * Math.PI * Math.random());
  }
}
