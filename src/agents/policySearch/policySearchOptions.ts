import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../../check/mistakes.js";
import { readOnce } from "../../check/readOnce.js";

/** Options of the policy search. */
export interface PolicySearchOptions {
  /** The documents' field, a number, from whose top and bottom slates are mixed. Default: "educativeness". */
  readonly feature?: string;
  /** γ in [0, 1]: a reward one step later counts γ. Default: 1. */
  readonly discount?: number;
}

export const POLICY_SEARCH_DEFAULTS: Required<PolicySearchOptions> = { feature: "educativeness", discount: 1 };

/** Reads the options once. */
export function policySearchOnce(options: PolicySearchOptions): PolicySearchOptions {
  return readOnce("options", options, Object.keys(POLICY_SEARCH_DEFAULTS));
}

/** Fills in the defaults of options that are missing or undefined. */
export function policySearchDefaults(options: PolicySearchOptions): Required<PolicySearchOptions> {
  const { feature, discount } = POLICY_SEARCH_DEFAULTS;
  return { feature: options.feature ?? feature, discount: options.discount ?? discount };
}

export function policySearchMistakes(options: PolicySearchOptions): (string | undefined)[] {
  const noObject = objectMistake("options", options);
  if (noObject !== undefined) return [noObject];
  const { feature = "", discount = 1 } = options;
  return [
    ...unknownFieldMistakes("option of policySearch", options, Object.keys(POLICY_SEARCH_DEFAULTS)),
    typeof feature === "string" ? undefined : expectedMistake("feature", "the name of a field", feature),
    numberMistake("discount", discount, { min: 0, max: 1 }),
  ];
}
