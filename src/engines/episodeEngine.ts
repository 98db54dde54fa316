import { Episode } from "../world/episode.js";
import type { Key } from "../random/seedKey.js";
import type { UserLife, World } from "../world/world.js";
import { failureOf } from "../policies/batchPolicy.js";
import { PART_USERS, type BlockEngine } from "../statistics/blocks.js";

/** A user in the midst of a run. */
export interface Led<User = unknown, Shown = unknown, Response = unknown> {
  readonly user: number;
  readonly episode: Episode<User, Shown, Response>;
  /** What the last slate brought, and the responses to it; 0 and null before the first. */
  reward: number;
  responses: readonly Response[] | null;
}

/** Whoever fills the slates of users that are led one by one. */
export interface SlateSource<User, Shown, Response> {
  /** The next slate of each of these users, who have lived `step` steps. */
  slates(users: readonly Led<User, Shown, Response>[], step: number): readonly (readonly number[])[];
  /** The users have lived the last of their steps. */
  end?(users: readonly Led<User, Shown, Response>[], step: number): void;
}

/** Hears of a user's steps, in their order. */
export interface Witness {
  /** The documents of the slate that comes next; told to those who ask. */
  readonly foresee: ((slate: readonly unknown[]) => void) | undefined;
  /** `slot` is the slate's full size for no click; `clicked` the document, undefined for none. */
  step(step: number, slot: number, reward: number, clicked: unknown): void;
  close(): void;
}

/** Adds up blocks of users: opened in their order, lived step by step in their order, and closed in their order. */
export interface LifeTally<Totals> {
  begin(): void;
  open(user: number, life: UserLife): Witness;
  totals(): Totals;
}

/** Lives blocks of any world in plain TypeScript, a part's users side by side, until their lives or `steps` are over. */
export function livesEngine<User, Shown, Response, Totals>(
  world: World<User, Shown, Response>,
  source: SlateSource<User, Shown, Response>,
  key: Key,
  steps: number,
  tally: LifeTally<Totals>,
): BlockEngine<Totals> {
  const opened = world.open(key);
  const live = (firstUser: number, users: number): void => {
    const all = Array.from({ length: users }, (_, index) => {
      const user = firstUser + index;
      const episode = callWorld(world, 0, user, () => new Episode(world, opened, key, user));
      return { user, episode, reward: 0, responses: null, witness: tally.open(user, episode.life) };
    });
    let going: readonly (Led<User, Shown, Response> & { readonly witness: Witness })[] = all;
    for (let step = 0; ; step++) {
      const isOver = ({ user, episode }: Led): boolean =>
        step === steps || callWorld(world, step, user, () => episode.life.terminated);
      const over = new Set(going.filter((led) => isOver(led as Led)));
      if (over.size > 0) {
        source.end?.([...over], step);
        going = going.filter((led) => !over.has(led));
      }
      if (going.length === 0) break;
      const slates = source.slates(going, step);
      going.forEach((led, index) => {
        callWorld(world, step, led.user, () => liveStep(world, led, slates[index]!, step));
      });
    }
    all.forEach(({ witness }) => witness.close());
  };
  return { partUsers: PART_USERS, begin: () => tally.begin(), live, totals: () => tally.totals() };
}

/** Calls functions of a world: when one throws, the error says where in the run that was. */
export function callWorld<Result>(world: World, step: number, user: number, call: () => Result): Result {
  try {
    return call();
  } catch (error) {
    throw failureOf(`world "${world.scenario}"`, step, `user ${user}`, error);
  }
}

function liveStep<User, Shown, Response>(
  world: World<User, Shown, Response>,
  led: Led<User, Shown, Response> & { readonly witness: Witness },
  slate: readonly number[],
  step: number,
): void {
  const { documents } = led.episode; // the step puts others in their place
  led.witness.foresee?.(slate.map((position) => documents[position]));
  const { choice, responses } = led.episode.step(slate);
  led.responses = responses;
  led.reward = world.reward(responses);
  const clicked = choice < slate.length ? documents[slate[choice]!] : undefined;
  led.witness.step(step, choice < slate.length ? choice : world.slateSize, led.reward, clicked);
}
