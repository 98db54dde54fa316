/** Plain data: what snapshots are made of. Numbers may be any double, -0 and the non-finite ones included. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
