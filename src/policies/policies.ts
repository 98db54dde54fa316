import { showValue } from "../check/showValue.js";
import type { BuiltInPolicy } from "../world/policy.js";

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
} as const);

/** Returns how many of a slate's documents a policy takes from the top of the ranking. */
export function countFromTop({ fromTop }: BuiltInPolicy, slateSize: number): number {
  return fromTop === "all" ? slateSize : fromTop;
}
