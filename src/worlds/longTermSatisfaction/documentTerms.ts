import { countFromTop } from "../../policies/policies.js";
import { isAgentPolicy, isBatchPolicy, type RunPolicy } from "../../world/policy.js";
import { choiceUnder } from "./equations.js";
import type { Parameters } from "./parameters.js";

/** Most groups from the top of the ranking, and from the bottom. */
const MAX_GROUPS = 3;
/** Educativeness is a multiple of this, on average half of it below the uniform number that it stands for. */
const UNIT = 2 ** -32;

/** Documents whose educativeness has known moments, in groups that share coefficients. */
export interface DocumentTerms {
  /** Whether documents are those of the slate, or those at places of the ranking of all candidates. */
  readonly of: "slate" | "ranking";
  /** From the top of the ranking; the other documents are from the bottom, the last one first. */
  readonly fromTop: number;
  /** Group of each document. */
  readonly groups: readonly number[];
  readonly numGroups: number;
  /** Σ E k and Σ E k² over the documents of each group. */
  readonly means: readonly number[];
  readonly squareMeans: readonly number[];
}

/**
 * The documents whose k and k² the estimator "controlled" corrects for: the slots of built-in policies that go by nothing but the rank, and under
 * any other policy the candidates at the ends of the ranking. None where the same candidates stay.
 */
export function documentTerms(parameters: Parameters, policy: RunPolicy): DocumentTerms {
  const { slateSize, numCandidates, resample } = parameters;
  if (resample !== "step") return termsOf("slate", 0, []);
  if (isBatchPolicy(policy) || isAgentPolicy(policy) || policy.rule === "optimal" || policy.by !== undefined) {
    const fromTop = Math.min(slateSize, numCandidates);
    return termsOf("ranking", fromTop, ranked(fromTop, Math.min(slateSize, numCandidates - fromTop), numCandidates));
  }
  const considered = choiceUnder(parameters.equations) === "first" ? 1 : slateSize;
  if (policy.rule !== "mix")
    return termsOf(
      "slate",
      considered,
      Array.from({ length: considered }, () => UNIFORM),
    );
  const fromTop = Math.min(countFromTop(policy, slateSize), considered);
  return termsOf("slate", fromTop, ranked(fromTop, considered - fromTop, numCandidates));
}

/** E X and E X² of the uniform number X that an educativeness stands for. */
interface UniformMoments {
  readonly mean: number;
  readonly square: number;
}

const UNIFORM: UniformMoments = { mean: 1 / 2, square: 1 / 3 };

/** Moments of so many documents from the top and from the bottom: of order statistics, which have beta distributions. */
function ranked(fromTop: number, fromBottom: number, candidates: number): UniformMoments[] {
  const ofRank = (rank: number): UniformMoments => ({
    mean: rank / (candidates + 1),
    square: (rank * (rank + 1)) / ((candidates + 1) * (candidates + 2)),
  });
  return [
    ...Array.from({ length: fromTop }, (_, place) => ofRank(candidates - place)),
    ...Array.from({ length: fromBottom }, (_, place) => ofRank(1 + place)),
  ];
}

function termsOf(of: DocumentTerms["of"], fromTop: number, moments: readonly UniformMoments[]): DocumentTerms {
  const topGroups = Math.min(fromTop, MAX_GROUPS);
  const fromBottom = moments.length - fromTop;
  const bottomGroups = Math.min(fromBottom, MAX_GROUPS);
  const groups = moments.map((_, place) => {
    if (place < fromTop) return Math.floor((place * topGroups) / fromTop);
    return topGroups + Math.floor(((place - fromTop) * bottomGroups) / fromBottom);
  });
  const numGroups = topGroups + bottomGroups;
  const [means, squareMeans] = [0, 0].map(() => Array.from({ length: numGroups }, () => 0)) as [number[], number[]];
  moments.forEach(({ mean, square }, place) => {
    means[groups[place]!]! += mean - UNIT / 2;
    squareMeans[groups[place]!]! += square - UNIT * mean;
  });
  return { of, fromTop, groups, numGroups, means, squareMeans };
}
