import { reasonOf } from "../check/reasonOf.js";

/**
 * Watches code of the caller's own while a run goes on: what it does outside of any call (a timer that throws, a promise that
 * is rejected), and that it does not end the process. Node has a watch, under the name `#codeWatch`; in a page nobody can tell whose
 * a timer is.
 */
export interface CodeWatch {
  /** Calls such code, on behalf of `whose`; what it leaves to run later belongs to it too. */
  call<Result>(whose: string, code: () => Result): Result;
  /** Waits until what such code left to run at once has run. */
  settle(): Promise<void>;
  /** Timers that are still to run are given up, unless they are to be kept. */
  end(): void;
}

/** `tell` hears of what goes wrong outside of the calls, or is not thrown by them. */
export type WatchCode = (tell: (failure: Error) => void, keepTimers?: boolean) => CodeWatch;

/** What such code did wrong. */
export function strayFailure(whose: string, error: unknown, where = ""): Error {
  return new Error(`${whose} failed${where}: ${reasonOf(error)}`, { cause: error });
}
