import { PilotSums, type Coefficients } from "../control/coefficients.js";
import { rowLength, writeRow } from "../control/controlRow.js";
import { pilotSeed, pilotUsers, withPilots } from "../control/pilots.js";
import { callWorld } from "../policies/callPolicy.js";
import { slateFiller } from "../policies/slateFiller.js";
import { seedKey } from "../random/seedKey.js";
import { splitUsers, TILE_USERS } from "../statistics/blocks.js";
import type { EngineOptions } from "../world/blockEngine.js";
import type { ControlVariates } from "../world/controlVariates.js";
import { ActiveUser, Episode } from "../world/episode.js";
import type { RunPolicy } from "../world/policy.js";
import type { World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { simulateTile, type TakeStep } from "./simulateTile.js";

/** Fits coefficients to pilot users, who are simulated in TypeScript. What all users share is that of the run. */
export function fitToPilots<T extends WorldTypes>(
  world: World<T>,
  policy: RunPolicy<T>,
  control: ControlVariates<T>,
  { seed, key, steps, weights }: EngineOptions,
): Coefficients {
  const [opened, pilotKey] = [world.open(key), seedKey(pilotSeed(seed))];
  const filler = slateFiller(world, policy, pilotSeed(seed));
  const sums = new PilotSums(control, weights);
  const row = new Float64Array(rowLength(control));
  const open = (user: number): ActiveUser<T> => {
    return callWorld(world, 0, user, () => new ActiveUser(user, new Episode(world, opened, pilotKey, user)));
  };
  const takeStep: TakeStep<ActiveUser<T>> = (active, positions, step) => {
    callWorld(world, step, active.user, () => {
      const { user } = active.episode;
      const slate = active.episode.slate(positions); // before the step, which replaces the candidates
      writeRow(control, active.episode, slate, row);
      const { responses, reward } = user.step(slate, filler.observes);
      active.responses = responses;
      active.reward = reward;
    });
    sums.add(step, row);
  };
  withPilots(() => {
    for (const { firstUser, users } of splitUsers({ firstUser: 0, users: pilotUsers(steps) }, TILE_USERS)) {
      const tile = Array.from({ length: users }, (_, index) => open(firstUser + index));
      simulateTile(world, filler, tile, steps, takeStep);
    }
  });
  return sums.fit();
}
