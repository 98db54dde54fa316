/** What an agent sees, as in RecSim: the user as shown, the candidates by id, and what the user did with the last slate. */
export interface Observation<User = unknown, Document = unknown, Response = unknown> {
  readonly user: User;
  /** By the decimal text of the document's id; the order of the ids is the order of the positions that slates name. */
  readonly doc: readonly Document[];
  /** One for each position of the last slate; null right after a reset. */
  readonly response: readonly Response[] | null;
}

/** What is seen of several users who choose from the same candidates: one entry a user, in their order. */
export interface MultiUserObservation<User, Shown, Response> {
  readonly user: readonly User[];
  readonly doc: readonly Shown[];
  /** An ended user responds to nothing; null right after a reset. */
  readonly response: readonly (readonly Response[])[] | null;
}
