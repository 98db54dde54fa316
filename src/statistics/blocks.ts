/** Users in a block: floats are added user by user within one, and exactly across them. */
export const BLOCK_USERS = 4096;

/** Users that a worker takes at once, and that a store keeps together. */
export const PORTION_USERS = 4 * BLOCK_USERS;

/** Sums over the users of a block, of one number a user: see `PivotSums`. */
export interface ValueSums {
  count: number;
  pivot: number;
  sum: number;
  sumOfSquares: number;
  min: number;
  max: number;
}

/** Sums over the clicks of a block, of the clicked educativeness k. */
export interface ClickSums extends ValueSums {
  /** Users who clicked anything. */
  clickingUsers: number;
  /** By user: Σ clicks², Σ (Σ(k - pivot))², Σ clicks·Σ(k - pivot): what a standard error clustered by user needs. */
  sumOfSquaredCounts: number;
  sumOfSquaredSums: number;
  sumOfProducts: number;
}

/** Columns of the series: engagement, and satisfaction after a step. */
export const SERIES_COLUMNS = 2;
/** Numbers that a column has for every step: `pivot`, `sum` and `sumOfSquares` over the users who lived it. */
export const SERIES_SUMS = 3;

/** What a block of users leaves behind; both engines add up in the same order, so they agree to the last bit. */
export interface BlockTotals {
  /** Of the returns. */
  readonly totalEngagement: ValueSums;
  /** Of the engagement that was drawn, where returns are expectations. */
  readonly sampledEngagement: ValueSums | null;
  readonly finalSatisfaction: ValueSums;
  readonly finalExposure: ValueSums;
  readonly clicks: ClickSums;
  /** For each slot, in how many steps the choice went past it. */
  readonly past: ArrayLike<number>;
  /** [steps][SERIES_COLUMNS][SERIES_SUMS] */
  readonly series: ArrayLike<number>;
  /** The users' digests added modulo 2^64. */
  readonly digest: bigint;
  /** Total engagement of each user, or its expectation, in their order. */
  readonly returns: Float64Array;
}

/** Users that a kernel lives side by side: all parts of a block but the last are a multiple of it. */
export const PART_USERS = 64;

/** Lives a block part by part, so that whoever calls it can rest in between. */
export interface BlockEngine<Totals = BlockTotals> {
  /** Users that it lives in one go, at most. */
  readonly partUsers: number;
  /** Forgets the last block. */
  begin(): void;
  /** Lives the next `users` users of the block, from `firstUser` on; all parts but the last are `partUsers` long. */
  live(firstUser: number, users: number): void;
  totals(): Totals;
}

export interface Users {
  readonly firstUser: number;
  readonly users: number;
}

/** Neighbouring groups of `size` users; the last may be smaller. */
export function* cut({ firstUser, users }: Users, size: number): Generator<Users> {
  for (let done = 0; done < users; done += size) {
    yield { firstUser: firstUser + done, users: Math.min(size, users - done) };
  }
}

/** Lives a whole block in one go: `users` ≤ BLOCK_USERS users from `firstUser` on. */
export function liveBlock<Totals>(engine: BlockEngine<Totals>, firstUser: number, users: number): Totals {
  engine.begin();
  for (const part of cut({ firstUser, users }, engine.partUsers)) engine.live(part.firstUser, part.users);
  return engine.totals();
}
