/** Does what may fail half-way, as functions of an own world may throw: then the owner's fields are as they were. */
export function allOrNothing<Result>(owner: object, deed: () => Result): Result {
  const before = { ...owner };
  try {
    return deed();
  } catch (error) {
    Object.assign(owner, before);
    throw error;
  }
}
