// The careful version: users in typed arrays, no object per step, both normals of a pair used, nothing drawn that the
// policy does not look at. No digest, no series, no observation.
import { processClock } from "../clock.js";
import type { Candidate, Engagements, Task } from "../candidate.js";

const USERS = 2048;
const NOBODY = -1;

/** Knows the policies `first` with three slots and `most-educational`. */
export function typed(task: Task): Candidate {
  const episodes = episodesOf(task);
  return { name: "typed", task, users: USERS, run: () => episodes.run(), clock: processClock };
}

function episodesOf({ world, policy }: Task): Episodes {
  const { slateSize, numCandidates, noClickLogit } = world.parameters;
  if (slateSize !== 3 || noClickLogit > -Infinity) return new BestOfMany(slateSize, numCandidates, noClickLogit);
  return policy.rule === "first" ? new FirstThree() : new TopThree(numCandidates);
}

abstract class Episodes {
  private readonly exposure = new Float64Array(USERS);
  private readonly satisfaction = new Float64Array(USERS);
  private readonly totals = new Float64Array(USERS);

  run(): Engagements {
    let sum = 0;
    let sumOfSquares = 0;
    for (let user = 0; user < USERS; user++) {
      const total = this.simulateUser(user);
      sum += total;
      sumOfSquares += total * total;
    }
    return { sum, sumOfSquares };
  }

  /** The educativeness of the clicked document, or NOBODY. */
  protected abstract click(): number;

  private simulateUser(user: number): number {
    let exposure = (Math.random() - 0.5) * 10;
    let satisfaction = 1 / (1 + Math.exp(-0.01 * exposure));
    let total = 0;
    for (let step = 0; step < 60; step++) {
      const k = this.click();
      if (k === NOBODY) continue;
      const radius = Math.sqrt(-2 * Math.log(1 - Math.random()));
      const angle = 2 * Math.PI * Math.random();
      const logMean = satisfaction * (k * 4 + (1 - k) * 5);
      total += Math.exp(logMean + (k * 1 + (1 - k) * 1) * radius * Math.cos(angle));
      exposure = 0.9 * exposure + 2 * (k - 0.5) + 0.05 * radius * Math.sin(angle);
      satisfaction = 1 / (1 + Math.exp(-0.01 * exposure));
    }
    this.exposure[user] = exposure;
    this.satisfaction[user] = satisfaction;
    this.totals[user] = total;
    return total;
  }
}

class FirstThree extends Episodes {
  protected click(): number {
    return chooseOfThree(Math.random(), Math.random(), Math.random());
  }
}

class TopThree extends Episodes {
  private readonly numCandidates: number;

  constructor(numCandidates: number) {
    super();
    this.numCandidates = numCandidates;
  }

  protected click(): number {
    let a = -1;
    let b = -1;
    let c = -1;
    for (let i = 0; i < this.numCandidates; i++) {
      const k = Math.random();
      if (k <= c) continue;
      if (k <= b) c = k;
      else {
        c = b;
        if (k <= a) b = k;
        else {
          b = a;
          a = k;
        }
      }
    }
    return chooseOfThree(a, b, c);
  }
}

function chooseOfThree(a: number, b: number, c: number): number {
  const weightA = Math.exp(1 - a);
  const weightB = Math.exp(1 - b);
  const point = Math.random() * (weightA + weightB + Math.exp(1 - c));
  if (point < weightA) return a;
  return point < weightA + weightB ? b : c;
}

/** The most educational documents of any number, and a user who may decline. */
class BestOfMany extends Episodes {
  private readonly slate: Float64Array;
  private readonly weights: Float64Array;
  private readonly numCandidates: number;
  private readonly noClickWeight: number;

  constructor(slateSize: number, numCandidates: number, noClickLogit: number) {
    super();
    this.slate = new Float64Array(slateSize);
    this.weights = new Float64Array(slateSize);
    this.numCandidates = numCandidates;
    this.noClickWeight = Math.exp(noClickLogit);
  }

  protected click(): number {
    this.fillSlate();
    return this.choose();
  }

  private fillSlate(): void {
    const { slate } = this;
    const last = slate.length - 1;
    slate.fill(-1);
    for (let i = 0; i < this.numCandidates; i++) {
      const k = Math.random();
      if (k <= slate[last]!) continue;
      let slot = last;
      for (; slot > 0 && k > slate[slot - 1]!; slot--) slate[slot] = slate[slot - 1]!;
      slate[slot] = k;
    }
  }

  private choose(): number {
    const { slate, weights } = this;
    let total = this.noClickWeight;
    for (let slot = 0; slot < slate.length; slot++) total += weights[slot] = Math.exp(1 - slate[slot]!);
    let left = Math.random() * total;
    for (let slot = 0; slot < slate.length; slot++) {
      if (left < weights[slot]!) return slate[slot]!;
      left -= weights[slot]!;
    }
    return NOBODY;
  }
}
