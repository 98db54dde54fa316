import type { SliderName } from "./parameterFields.js";

/** Everything that the page says, in one language. */
export interface Words {
  readonly title: string;
  readonly introduction: string;
  /** Tag of the language whose numbers the page writes: with the decimal point that charts have. */
  readonly locale: string;
  readonly language: string;
  readonly scenario: string;
  readonly world: string;
  readonly parameters: string;
  /** What each parameter means, in a few words. */
  readonly parameter: Readonly<Record<SliderName, string>>;
  readonly policies: string;
  readonly policiesHint: string;
  readonly baseline: string;
  readonly seed: string;
  readonly users: string;
  readonly reset: string;
  /** A sentence of the package about a field and the rule that it breaks. */
  readonly rule: (sentence: string) => string;
  readonly wrongLink: string;
  readonly useDefault: string;
  readonly simulating: (users: string, share: string) => string;
  readonly finished: (users: string) => string;
  readonly failed: (reason: string) => string;
  readonly waiting: string;
  readonly results: string;
  readonly headline: (best: string, baseline: string, difference: string, interval: string, lift: string) => string;
  readonly inconclusive: (best: string, baseline: string) => string;
  readonly satisfaction: string;
  readonly engagement: string;
  readonly totalEngagement: string;
  readonly step: string;
  readonly meanSatisfaction: string;
  readonly meanEngagement: string;
  readonly distribution: string;
  readonly shareOfUsers: string;
  /** Where the highest step of the distribution is. */
  readonly mostUsers: string;
  readonly differences: (baseline: string) => string;
  readonly differenceLabel: string;
  readonly totals: string;
  readonly meanTotal: string;
  readonly optimum: string;
  readonly optimumKnown: (value: string) => string;
  readonly optimumUnknown: string;
  readonly solving: string;
  readonly policy: string;
  readonly mean: string;
  readonly interval: string;
  readonly lift: string;
  readonly digest: string;
  readonly digestHint: string;
  readonly people: string;
  readonly peopleHint: (count: number, a: string, b: string) => string;
  readonly user: string;
  readonly episode: string;
  readonly episodeOf: (user: number, policy: string) => string;
  readonly slate: string;
  readonly educativeness: string;
  readonly clicked: string;
  readonly seconds: string;
  readonly satisfactionAfter: string;
  readonly nothing: string;
  readonly fork: string;
  readonly forkHint: string;
  readonly atStep: string;
  readonly otherSlate: (size: number) => string;
  readonly candidate: (position: number, educativeness: string) => string;
  readonly chooseSlate: (size: number, chosen: number) => string;
  readonly forked: (step: number, difference: string) => string;
  readonly asShown: string;
  readonly asForked: string;
  readonly takeAlong: string;
  readonly copyLink: string;
  readonly copyCommand: string;
  readonly copyProgram: string;
  readonly copied: string;
  readonly notCopied: string;
  readonly download: string;
}
