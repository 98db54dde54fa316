/** Observation of an agent: the user, the candidates, and the responses to the last slate. */
export interface Observation<User = unknown, Document = unknown, Response = unknown> {
  /** The user as observed. */
  readonly user: User;
  /** The candidates in the order of their positions, which are what slates name. */
  readonly doc: readonly Document[];
  /** Responses to each document of the last slate; null right after a reset. */
  readonly response: readonly Response[] | null;
}

/** Observation of several users who choose from the same candidates: one entry for each user, in order. */
export interface MultiUserObservation<User, Doc, Response> {
  readonly user: readonly User[];
  /** The candidates in the order of their positions. */
  readonly doc: readonly Doc[];
  /** Responses of each user, empty for one that has reached its end; null right after a reset. */
  readonly response: readonly (readonly Response[])[] | null;
}
