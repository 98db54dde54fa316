/** Shares of a slate that come from the top of the ranking: far from an episode's end, and at its last step. */
export type MixRule = readonly [far: number, last: number];

/**
 * Returns how many documents of a slate the rule takes from the top after `time` steps of an episode of `steps`. In between the
 * share goes from `far` to `last` as 1 / steps left; shares may be beyond [0, 1], which makes the change sharper.
 */
export function mixAt([far, last]: MixRule, time: number, steps: number, slateSize: number): number {
  const nearness = steps === 0 ? 0 : 1 / Math.max(1, steps - time);
  const share = far + (last - far) * nearness;
  return Math.max(0, Math.min(slateSize, Math.round(share * slateSize)));
}
