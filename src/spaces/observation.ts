/** What an agent sees, as in RecSim: the user as shown, the candidates by id, and what the user did with the last slate. */
export interface Observation<User = unknown, Document = unknown, Response = unknown> {
  readonly user: User;
  /** By the decimal text of the document's id; the order of the ids is the order of the positions that slates name. */
  readonly doc: Readonly<Record<string, Document>>;
  /** One for each position of the last slate; null right after a reset. */
  readonly response: readonly Response[] | null;
}
