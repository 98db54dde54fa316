import type { WordSource } from "../random/address.js";
import { scaled } from "../random/uniform.js";
import type { BuiltInPolicy } from "../world/policy.js";
import { countFromTop } from "./policies.js";

/**
 * Returns the slate of a built-in policy. `ranks` has a number for each candidate, which only "mix" uses; `words` is the user's
 * source in the policy stream, from which only "random" draws. This is the definition of the policies that kernel/slate.ts
 * reimplements.
 */
export function selectSlate(
  policy: BuiltInPolicy,
  ranks: readonly number[],
  slateSize: number,
  words: WordSource,
  step: number,
): number[] {
  const positions = ranks.map((_, position) => position);
  if (policy.rule === "first") return positions.slice(0, slateSize);
  if (policy.rule === "random") return shuffleFront(positions, slateSize, words, step);
  const descending = positions.toSorted((a, b) => ranks[b]! - ranks[a]! || a - b);
  const fromTop = countFromTop(policy, slateSize);
  return [...descending.slice(0, fromTop), ...descending.toReversed().slice(0, slateSize - fromTop)];
}

/** The first `count` places of a Fisher–Yates shuffle; place s uses word s mod 4 of block floor(s/4). */
function shuffleFront(positions: number[], count: number, source: WordSource, step: number): number[] {
  for (let place = 0; place < count; place++) {
    const word = source.words(place >> 2, step)[place & 3]!;
    const target = place + scaled(word, positions.length - place);
    [positions[place], positions[target]] = [positions[target]!, positions[place]!];
  }
  return positions.slice(0, count);
}
