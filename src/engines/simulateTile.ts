import { callWorld } from "../policies/callPolicy.js";
import type { SlateFiller } from "../policies/slateFiller.js";
import type { ActiveUser } from "../world/episode.js";
import type { World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";

/** Takes a step of a user with the slate at those positions. */
export type TakeStep<Active> = (active: Active, positions: readonly number[], step: number) => void;

/** Simulates users step by step together, until their episodes or `steps` are over. */
export function simulateTile<T extends WorldTypes, Active extends ActiveUser<T>>(
  world: World<T>,
  filler: SlateFiller<T>,
  users: readonly Active[],
  steps: number,
  takeStep: TakeStep<Active>,
): void {
  let active = users;
  for (let step = 0; ; step++) {
    const ended = active.filter((each) => step === steps || hasEnded(world, each, step));
    if (ended.length > 0) {
      filler.end?.(ended, step);
      active = active.filter((each) => !ended.includes(each));
    }
    if (active.length === 0) break;
    const slates = filler.slates(active, step);
    for (let index = 0; index < active.length; index++) takeStep(active[index]!, slates[index]!, step);
  }
}

function hasEnded<T extends WorldTypes>(world: World<T>, { user, episode }: ActiveUser<T>, step: number): boolean {
  return callWorld(world, step, user, () => episode.user.terminated);
}
