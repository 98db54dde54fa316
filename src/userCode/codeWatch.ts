import { reasonOf } from "../check/reasonOf.js";

/**
 * Watches user code during a run: reports errors outside of any call (a timer that throws, a promise that is rejected), and prevents
 * it from ending the process. Node has a watch, under the name `#codeWatch`; in a page, the owner of a timer cannot be determined.
 */
export interface CodeWatch {
  /** Calls user code under the name `whose`; callbacks that it schedules are reported under that name, too. */
  call<Result>(whose: string, code: () => Result): Result;
  /** Waits until callbacks scheduled without delay have run. */
  flush(): Promise<void>;
  /** Ends the watch and cancels pending timers, unless they are to be kept. */
  end(): void;
}

/** Begins a watch; `report` is called with errors outside of the calls, or not thrown by them. */
export type WatchCode = (report: (failure: Error) => void, keepTimers?: boolean) => CodeWatch;

/** Returns the error of user code outside of a call. */
export function strayFailure(whose: string, error: unknown, where = ""): Error {
  return new Error(`${whose} failed${where}: ${reasonOf(error)}`, { cause: error });
}
