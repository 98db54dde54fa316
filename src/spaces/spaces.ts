import { Box } from "./box.js";
import { CandidateSet } from "./candidateSet.js";
import { Discrete, MultiDiscrete } from "./discrete.js";
import { Dict, Tuple } from "./records.js";
import { Nullable, Sequence } from "./sequence.js";
import { Slate } from "./slate.js";

/** Every kind of space, under Gymnasium's names where it has them. */
export const spaces = Object.freeze({
  Box,
  CandidateSet,
  Dict,
  Discrete,
  MultiDiscrete,
  Nullable,
  Sequence,
  Slate,
  Tuple,
} as const);
