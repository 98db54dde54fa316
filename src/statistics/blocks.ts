/** Users in a block: within one, numbers are added user by user in floating point; across blocks, exactly. */
export const BLOCK_USERS = 4096;

/** Users in a chunk, the unit that a worker simulates and a store keeps. */
export const CHUNK_USERS = 4 * BLOCK_USERS;

/** Users in a tile, which an engine simulates together: all parts of a block but the last are a multiple of it. */
export const TILE_USERS = 64;

/** Consecutive users: `users` of them from `firstUser` on. */
export interface UserRange {
  readonly firstUser: number;
  readonly users: number;
}

/** Users of the smallest of the chunks by which a study with a stopping rule begins, where a block may be far more than enough. */
export const SMALL_CHUNK_USERS = 256;

/** Splits the users of a study into chunks; `small`: the first block is split, too. */
export function* chunksOf(range: UserRange, small: boolean): Generator<UserRange> {
  const first = { firstUser: range.firstUser, users: small ? Math.min(BLOCK_USERS, range.users) : 0 };
  yield* growingChunks(first);
  const rest = { firstUser: range.firstUser + first.users, users: range.users - first.users };
  yield* splitUsers(rest, CHUNK_USERS);
}

/** Splits a range into ranges each of which, after the first, is as large as all before it; the last may be smaller. */
function* growingChunks({ firstUser, users }: UserRange): Generator<UserRange> {
  for (let done = 0; done < users;) {
    const size = Math.min(Math.max(done, SMALL_CHUNK_USERS), users - done);
    yield { firstUser: firstUser + done, users: size };
    done += size;
  }
}

/** Splits a range into consecutive ranges of `size` users; the last may be smaller. */
export function* splitUsers({ firstUser, users }: UserRange, size: number): Generator<UserRange> {
  for (let done = 0; done < users; done += size) {
    yield { firstUser: firstUser + done, users: Math.min(size, users - done) };
  }
}
