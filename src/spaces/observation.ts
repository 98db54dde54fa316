/** What an agent sees: the user as shown, the candidates as shown, and what the user did with the last slate. */
export interface Observation<User = unknown, Document = unknown, Response = unknown> {
  readonly user: User;
  /** The candidates in the order of their positions, which are what slates name. */
  readonly doc: readonly Document[];
  /** One for each position of the last slate; null right after a reset. */
  readonly response: readonly Response[] | null;
}

/** What is seen of several users who choose from the same candidates: one entry a user, in their order. */
export interface MultiUserObservation<User, Shown, Response> {
  readonly user: readonly User[];
  /** In the order of their positions. */
  readonly doc: readonly Shown[];
  /** An ended user responds to nothing; null right after a reset. */
  readonly response: readonly (readonly Response[])[] | null;
}
