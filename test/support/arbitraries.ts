import fc from "fast-check";
import {
  longTermSatisfaction,
  policies,
  type BatchPolicy,
  type LtsBatchObservation,
  type Parameters,
  type BuiltInPolicy,
  type LongTermSatisfactionWorld,
} from "../../src/index.js";

/** Every built-in policy that all kernels know, in every form it takes for slates of that size. */
export function policiesFor(slateSize: number): BuiltInPolicy[] {
  const mixes = Array.from({ length: slateSize + 1 }, (_, m) => policies.mix(m));
  return [policies.first(), policies.random(), policies.mostEducational(), policies.leastEducational(), ...mixes];
}

/** A batch policy that orders the positions by numbers that depend on everything that is shown, and on draws. */
export const curious: BatchPolicy<LtsBatchObservation> = {
  name: "curious",
  fillSlates({ user, step, observation, draws }, slates) {
    const { educativeness, clusterId, satisfaction, choice, engagement } = observation;
    const slateSize = slates.length / user.length;
    for (let lane = 0; lane < user.length; lane++) {
      const seen = step + satisfaction[lane]! * 3 + choice[lane]! * 0.7 + (engagement[lane]! % 1);
      const sway = seen + draws(lane).uniform();
      const scores = educativeness.map((row, at) => ((row[lane]! + clusterId[at]![lane]! * 0.3) * (1 + sway) * 7) % 1);
      const positions = scores.map((_, at) => at).toSorted((a, b) => scores[a]! - scores[b]! || a - b);
      slates.set(positions.slice(0, slateSize), lane * slateSize);
    }
  },
};

export const seeds: fc.Arbitrary<string | number> = fc.oneof(fc.integer(), fc.string({ minLength: 1, maxLength: 12 }));

/** User numbers, the ends of the range among them. */
export const users: fc.Arbitrary<number> = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  fc.constantFrom(0, 63, 64, 4095, 4096, 2 ** 31, 2 ** 32 - 1),
);

const unit = fc.double({ min: 0, max: 1, noNaN: true });

/** Slate and candidate numbers: mostly small, now and then the limits. */
const shapes = fc
  .record({
    slateSize: fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 6 }) }, fc.integer({ min: 7, max: 32 })),
    further: fc.oneof({ weight: 9, arbitrary: fc.nat(30) }, fc.constantFrom(200, 1000)),
  })
  .map(({ slateSize, further }) => ({ slateSize, numCandidates: slateSize + further }));

const numbers = fc.record({
  equations: fc.constantFrom("prose", "notebook", "chocKale"),
  memoryDiscount: fc.double({ min: 0, max: 0.95, noNaN: true }),
  sensitivity: fc.double({ min: 0, max: 2, noNaN: true }),
  innovationStddev: fc.double({ min: 0, max: 1, noNaN: true }),
  memeEngagementLogMean: fc.double({ min: -100, max: 100, noNaN: true }),
  memeEngagementLogStddev: fc.double({ min: 0, max: 10, noNaN: true }),
  educationalEngagementLogMean: fc.double({ min: -10, max: 10, noNaN: true }),
  educationalEngagementLogStddev: fc.double({ min: 0, max: 3, noNaN: true }),
  timeBudget: fc.integer({ min: 1, max: 9 }),
  observationNoiseStddev: fc.constantFrom(0, 0.1, 0.5, 3, 1000),
  numClusters: fc.integer({ min: 1, max: 256 }),
  noClickLogit: fc.oneof(
    fc.constant(-Infinity),
    fc.double({ min: -5, max: 5, noNaN: true }),
    fc.constantFrom(-700, 700),
  ),
} satisfies Partial<Record<keyof Parameters, unknown>>);

/** Any legal world, with lives of at most nine steps so that the reference engine keeps up. */
export const worlds: fc.Arbitrary<LongTermSatisfactionWorld> = fc
  .record({
    shape: shapes,
    rest: numbers,
    resample: fc.constantFrom("step", "episode", "never", "own"),
    own: fc.func(fc.oneof(unit, fc.constantFrom(0, 1))),
  })
  .map(({ shape, rest: numbersDrawn, resample, own }) => {
    const always = numbersDrawn.equations === "chocKale" ? { noClickLogit: -Infinity } : {};
    const rest = { ...numbersDrawn, ...always };
    if (resample !== "own") return longTermSatisfaction({ ...rest, ...shape, resample });
    const documents = Array.from({ length: shape.numCandidates }, (_, position) => ({
      educativeness: own(position),
      clusterId: position % rest.numClusters,
    }));
    return longTermSatisfaction({ ...rest, ...shape, documents });
  });

/** A world and one of the policies that it can be lived under. */
export const worldsWithPolicies: fc.Arbitrary<{ world: LongTermSatisfactionWorld; policy: BuiltInPolicy }> =
  worlds.chain((world) =>
    fc.constantFrom(...policiesFor(world.parameters.slateSize)).map((policy) => ({ world, policy })),
  );
