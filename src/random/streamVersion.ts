/**
 * The version of everything that a digest depends on: stream layout, numerics, order of operations. It goes up when any
 * world's digest changes, and the changelog says why.
 */
export const streamVersion = 3;
