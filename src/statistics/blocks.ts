/** Users in a block: within one, numbers are added user by user in floating point; across blocks, exactly. */
export const BLOCK_USERS = 4096;

/** Users in a chunk: what a worker simulates at once, and what a store keeps together. */
export const CHUNK_USERS = 4 * BLOCK_USERS;

/** Users that an engine simulates side by side: all tiles of a block but the last are a multiple of it. */
export const TILE_USERS = 64;

/** Neighbouring users: `users` of them from `firstUser` on. */
export interface UserRange {
  readonly firstUser: number;
  readonly users: number;
}

/** Neighbouring ranges of `size` users; the last may be smaller. */
export function* splitUsers({ firstUser, users }: UserRange, size: number): Generator<UserRange> {
  for (let done = 0; done < users; done += size) {
    yield { firstUser: firstUser + done, users: Math.min(size, users - done) };
  }
}
