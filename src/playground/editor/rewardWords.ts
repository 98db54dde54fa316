import type { Words } from "../words.js";

/** Returns the page's words with those of results that are rewards of any kind, not seconds of engagement. */
export function rewardWords(words: Words): Words {
  return {
    ...words,
    results: words.worldResults,
    headline: words.rewardHeadline,
    totals: words.rewardTotals,
    meanTotal: words.meanTotalReward,
    differenceLabel: words.rewardDifference,
    totalEngagement: words.totalReward,
    distribution: words.rewardDistribution,
    mostUsers: words.mostUsersReward,
  };
}
