import type { WordSource } from "../random/address.js";
import { scaled } from "../random/uniform.js";
import { mostEducationalOf, type Policy } from "./policy.js";

/**
 * The positions that a policy shows, in slate order. `words` is the user's source in the policy stream; only "random"
 * draws from it. This is the statement of the policies that kernel/slate.ts repeats.
 */
export function selectSlate(
  policy: Policy,
  educativeness: readonly number[],
  slateSize: number,
  words: WordSource,
  step: number,
): number[] {
  const positions = educativeness.map((_, position) => position);
  if (policy.rule === "first") return positions.slice(0, slateSize);
  if (policy.rule === "random") return shuffleFront(positions, slateSize, words, step);
  const falling = positions.toSorted((a, b) => educativeness[b]! - educativeness[a]! || a - b);
  const most = mostEducationalOf(policy, slateSize);
  return [...falling.slice(0, most), ...falling.toReversed().slice(0, slateSize - most)];
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
