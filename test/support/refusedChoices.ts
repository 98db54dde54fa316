// Choice models of world files that are refused: changes to a legal file, and what each is refused for.

/** A text of the file, what takes its place, and the message. */
export const CHOICES: readonly (readonly [from: string, to: string, message: string])[] = [
  [
    "choice = multinomialLogit()",
    "¤choice = 1",
    "expected export const choice = multinomialLogit(noClickLogit) or multinomialProportional(minNormalizer, noClickMass) or exponentialCascade(scoreScaling, attentionProbability) or proportionalCascade(minNormalizer, scoreScaling, attentionProbability)",
  ],
  ["multinomialLogit();", "multinomialLogit(¤parameters.none);", "expected a field of Parameters, not none"],
  [
    "choice = multinomialLogit();",
    "choice = multinomialLogit(¤parameters.rate);",
    "expected parameters to be declared before choice",
  ],
  [
    "multinomialLogit();",
    "multinomialProportional(1, ¤0.5);",
    "expected noClickMass of at least minNormalizer (1), not 0.5",
  ],
  [
    "export const choice = multinomialLogit();",
    "export const choice = ¤multinomialProportional(1);",
    "expected noClickMass of at least minNormalizer (1), not 0",
  ],
  ["choice = multinomialLogit()", "¤choice = exponentialCascade()", "expected export const choice = multinomialLogit("],
  [
    "choice = multinomialLogit()",
    "¤choice = proportionalCascade(1)",
    "expected export const choice = multinomialLogit(",
  ],
  [
    "choice = multinomialLogit()",
    "¤choice = exponentialCascade(1, 1, 1)",
    "expected export const choice = multinomialLogit(",
  ],
  [
    "multinomialLogit();",
    "multinomialLogit(¤Infinity);",
    "expected noClickLogit to be a number in [-Infinity, Infinity), not Infinity",
  ],
  [
    "multinomialLogit();",
    "multinomialProportional(¤-Infinity);",
    "expected minNormalizer to be a finite number, not -Infinity",
  ],
  ["multinomialLogit();", "exponentialCascade(¤-1);", "expected scoreScaling to be a number in [0, Infinity), not -1"],
  [
    "multinomialLogit();",
    "proportionalCascade(0, 1, ¤1.5);",
    "expected attentionProbability to be a number in [0, 1], not 1.5",
  ],
];
