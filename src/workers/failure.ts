import { InvalidInput } from "../check/invalidInput.js";
import { reasonOf } from "../check/reasonOf.js";

/** A serialised error: its class is lost in a message. */
export interface Failure {
  readonly message: string;
  readonly stack: string | undefined;
  /** Errors of an `InvalidInput`. */
  readonly errors: readonly string[] | undefined;
}

export function failureOf(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: reasonOf(error), stack: undefined, errors: undefined };
  const { message, stack } = error;
  return { message, stack, errors: error instanceof InvalidInput ? error.errors : undefined };
}

/** Returns the error that was serialised, with its stack as the cause. */
export function errorOf({ message, stack, errors }: Failure): Error {
  const error = errors === undefined ? new Error(message) : new InvalidInput(errors);
  return Object.assign(error, { cause: stack });
}
