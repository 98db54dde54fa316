// Words and numbers as the command line writes them for people.

/** A number with so many decimals, and a comma between thousands. */
export function thousands(number: number, decimals: number): string {
  return number.toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

/** Numbers with so many decimals each. */
export function fixed(numbers: readonly number[], decimals: number): string[] {
  return numbers.map((x) => x.toFixed(decimals));
}

const NOTHING = "whatever happens: it does not learn.";
const ONE_LIFE =
  "counts impressions and clicks by cluster within one episode and restarts with the next: it transfers nothing from one user to another.";

/** What is said of each agent before it has worked, and afterwards where it is something else. */
export const KNOWLEDGE: Readonly<Record<string, readonly [before: string, after?: string]>> = {
  random: [`shows documents by chance, ${NOTHING}`],
  first: [`shows the first documents of every list, ${NOTHING}`],
  "least-educational": [`shows the documents of lowest educativeness, ${NOTHING}`],
  "most-educational": [`shows the documents of highest educativeness, ${NOTHING}`],
  "cluster-bandit": [ONE_LIFE],
  "cluster-bandit-kl-ucb": [ONE_LIFE],
  "cluster-bandit-thompson": [ONE_LIFE],
  "cluster-bandit-lifetime": [
    "has counted no clicks yet.",
    "knows how many documents on slates were clicked: 6 of 15 in cluster 0, 5 of 14 in cluster 1, 10 of 19 in cluster 2, " +
      "4 of 13 in cluster 3, 3 of 12 in cluster 4, 3 of 13 in cluster 5, 4 of 13 in cluster 6, 5 of 14 in cluster 7 and in 1 more.",
  ],
  "tabular-q": [
    "knows what 0 slates were worth in 0 states, and treats all others as worth 0.",
    "knows what 36 slates were worth in 5 states, and treats all others as worth 0.",
  ],
  "value-learner": [
    "has seen 0 exploring episodes, too few for a plan.",
    "has seen 8 exploring episodes, too few for a plan.",
  ],
  "policy-search": ["has not finished its first generation of rules."],
};
