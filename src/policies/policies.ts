import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { showValue } from "../check/showValue.js";
import type { BuiltInPolicy } from "../world/policy.js";
import { planOf, type SlatePlan } from "../world/slatePlan.js";

function builtIn(name: string, rule: BuiltInPolicy["rule"], fromTop: BuiltInPolicy["fromTop"] = 0): BuiltInPolicy {
  return Object.freeze({ name, rule, fromTop });
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
   * candidate counts as the more educational. m: integer in [0, slateSize], checked when a run knows its world.
   */
  mix: (m: number): BuiltInPolicy => builtIn(`mix(${typeof m === "number" ? m : showValue(m)})`, "mix", m),
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
