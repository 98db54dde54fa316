import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { showValue } from "../check/showValue.js";
import type { DocumentOrder } from "../world/documentOrder.js";
import type { BuiltInPolicy } from "../world/policy.js";
import { planOf, type SlatePlan } from "../world/slatePlan.js";

function builtIn(name: string, rule: BuiltInPolicy["rule"], fromTop: BuiltInPolicy["fromTop"] = 0): BuiltInPolicy {
  return Object.freeze({ name, rule, fromTop });
}

function ordered(name: string, fromTop: BuiltInPolicy["fromTop"], by: DocumentOrder): BuiltInPolicy {
  return Object.freeze({ name, rule: "mix", fromTop, by: Object.freeze(by) });
}

/** An argument as it stands in a policy's name, where it is of its type. */
function shown(given: unknown, type: "number" | "string"): string {
  return typeof given === type ? String(given) : showValue(given);
}

/** The built-in policies. Those that rank need a world that says what to rank by, as long-term satisfaction does (educativeness). */
export const policies = Object.freeze({
  /** The first candidates, in their order. */
  first: (): BuiltInPolicy => builtIn("first", "first"),
  /** Candidates drawn at random without replacement, from the policy's own stream. */
  random: (): BuiltInPolicy => builtIn("random", "random"),
  /** The most educational candidates, most educational first. */
  mostEducational: (): BuiltInPolicy => builtIn("most-educational", "mix", "all"),
  /** The least educational candidates, least educational first. */
  leastEducational: (): BuiltInPolicy => builtIn("least-educational", "mix", 0),
  /**
   * The m most educational candidates, descending, then the slateSize - m least educational, ascending; of equals the earlier
   * candidate counts as the more educational. m: integer in [0, slateSize], checked when a run knows its world. `field`: a numeric field
   * of the documents, whose value stands for educativeness; checked likewise. Default: what the world ranks by.
   */
  mix: (m: number, field?: string): BuiltInPolicy =>
    field === undefined
      ? builtIn(`mix(${shown(m, "number")})`, "mix", m)
      : ordered(`mix(${shown(m, "number")}, ${shown(field, "string")})`, m, { field }),
  /**
   * The candidates of the highest score, highest first; of equals the earlier candidate. The score is the number that the user's choice goes
   * by, for the state of now: the policy knows what no agent observes, so it is a bound for those that learn what users click. With `field`:
   * the candidates of the highest value in that numeric field of the documents. Worlds without scores, and fields that a document does not
   * have, are refused when a run knows its world.
   */
  greedy: (field?: string): BuiltInPolicy =>
    field === undefined
      ? ordered("greedy", "all", "score")
      : ordered(`greedy(${shown(field, "string")})`, "all", { field }),
  /**
   * The best slates, for somebody who knows the state of every user: in the world of a solution, with at most its steps. The name of a
   * plan by other weights is the same. Throws `InvalidInput` for a copy of a solution.
   */
  optimal: (solution: object): BuiltInPolicy => {
    const plan = planOf(solution);
    if (plan === undefined)
      refuse([expectedMistake("solution", "one that `solve` returned in this process", solution)]);
    return planned(plan!);
  },
} as const);

/** Returns the policy that fills slates by a plan. */
export function planned(plan: SlatePlan): BuiltInPolicy {
  return Object.freeze({ name: "optimal", rule: "optimal", fromTop: 0, plan });
}

/** Returns how many of a slate's documents a policy takes from the top of the ranking. */
export function countFromTop({ fromTop }: BuiltInPolicy, slateSize: number): number {
  return fromTop === "all" ? slateSize : fromTop;
}
