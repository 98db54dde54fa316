import { showValue } from "../check/showValue.js";

/** In the order of the numbers by which kernel/world.ts knows them. */
export const RULES = ["first", "mix", "random"] as const;

/** A built-in policy: a rule that fills slates without learning. The kernel knows them by `rule`. */
export interface Policy {
  /** How reports and the command line call it, for example "mix(2)". */
  readonly name: string;
  readonly rule: (typeof RULES)[number];
  /** Under the rule "mix": how many of the slate's documents come from the educational end. */
  readonly mostEducational: number | "all";
}

function policy(name: string, rule: Policy["rule"], mostEducational: Policy["mostEducational"] = 0): Policy {
  return Object.freeze({ name, rule, mostEducational });
}

export const policies = Object.freeze({
  /** The first candidates, in their order. */
  first: (): Policy => policy("first", "first"),
  /** Candidates drawn at random without replacement, from the policy's own stream. */
  random: (): Policy => policy("random", "random"),
  /** The most educational candidates, most educational first. */
  mostEducational: (): Policy => policy("most-educational", "mix", "all"),
  /** The least educational candidates, least educational first. */
  leastEducational: (): Policy => policy("least-educational", "mix", 0),
  /**
   * The m most educational candidates, falling, then the slateSize - m least educational, rising; of equals the earlier
   * candidate counts as the more educational. m: integer in [0, slateSize], checked when a run knows its world.
   */
  mix: (m: number): Policy => policy(`mix(${typeof m === "number" ? m : showValue(m)})`, "mix", m),
} as const);

/** How many of a slate's documents a policy takes from the educational end. */
export function mostEducationalOf({ mostEducational }: Policy, slateSize: number): number {
  return mostEducational === "all" ? slateSize : mostEducational;
}
