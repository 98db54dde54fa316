/** Runs `deed` and restores the owner's fields if it throws, as functions of a custom world may. */
export function allOrNothing<Result>(owner: object, deed: () => Result): Result {
  const before = { ...owner };
  try {
    return deed();
  } catch (error) {
    Object.assign(owner, before);
    throw error;
  }
}
