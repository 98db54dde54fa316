import { AsyncLocalStorage, createHook } from "node:async_hooks";
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import { strayFailure, type WatchCode } from "./codeWatch.js";
import { guardProcess } from "./processGuard.js";

/** Name of the user code that is called, and the callback for its errors. */
interface Called {
  readonly whose: string;
  readonly report: (failure: Error) => void;
  /** Whether pending timers are cancelled with the watch. */
  readonly givenUp: boolean;
}

/** Context that Node passes on to everything that the called code schedules. */
const called = new AsyncLocalStorage<Called>();

/** Pending timers that called code has set. */
const left = new Map<
  number,
  { readonly timer: NodeJS.Timeout | NodeJS.Immediate; readonly report: Called["report"] }
>();

const timers = createHook({
  init(id, type, _trigger, resource) {
    if (type !== "Timeout" && type !== "Immediate") return;
    const caller = called.getStore();
    if (caller?.givenUp) left.set(id, { timer: resource as NodeJS.Timeout, report: caller.report });
  },
  destroy: (id) => void left.delete(id),
});

let watches = 0;
let unguard = (): void => {};

/** Begins a watch in Node; each of several watches receives the errors of its own calls. */
export const watchCode: WatchCode = (report, keepTimers = false) => {
  let ended = false;
  begin();
  return {
    call: (whose, code) => keepExitCode(() => called.run({ whose, report, givenUp: !keepTimers }, code)),
    async flush() {
      await sleep(0); // timers of 0 ms set before have run then
      await turn();
    },
    end() {
      if (ended) return;
      ended = true;
      for (const each of left.values()) if (each.report === report) giveUp(each.timer);
      finish();
    },
  };
};

/** Calls `callback` when the process is about to end because nothing is pending; the function returned cancels this. */
export function whenNothingIsLeft(callback: () => void): () => void {
  process.once("beforeExit", callback);
  return () => process.off("beforeExit", callback);
}

/** Runs `code` and restores the exit code, which watched code must not set. */
function keepExitCode<Result>(code: () => Result): Result {
  const { exitCode } = process;
  const restore = (): void => {
    if (process.exitCode !== exitCode) process.exitCode = exitCode;
  };
  try {
    const result = code();
    return result instanceof Promise ? (result.finally(restore) as Result) : result;
  } finally {
    restore();
  }
}

function giveUp(timer: NodeJS.Timeout | NodeJS.Immediate): void {
  clearTimeout(timer as NodeJS.Timeout);
  clearImmediate(timer as NodeJS.Immediate);
}

function begin(): void {
  if (watches++ > 0) return;
  timers.enable();
  process.on("uncaughtException", onException);
  process.on("unhandledRejection", onRejection);
  unguard = guardProcess(
    () => called.getStore() !== undefined,
    (deed) => {
      const { whose, report } = called.getStore()!;
      report(strayFailure(whose, deed));
    },
    (error) => reportStray(error),
  );
}

function finish(): void {
  if (--watches > 0) return;
  timers.disable();
  process.off("uncaughtException", onException);
  process.off("unhandledRejection", onRejection);
  unguard();
}

/** Reports an error if it comes from watched code. Returns whether it does. */
function reportStray(error: unknown): boolean {
  const caller = called.getStore();
  caller?.report(strayFailure(caller.whose, error, " outside of any call"));
  return caller !== undefined;
}

function onException(error: unknown): void {
  if (!reportStray(error) && process.listenerCount("uncaughtException") === 1) endProcess(error);
}

function onRejection(reason: unknown): void {
  if (!reportStray(reason) && process.listenerCount("unhandledRejection") === 1) endProcess(reason);
}

/** Rethrows an error that does not come from watched code, with the effect that it has without a watch. */
function endProcess(error: unknown): void {
  process.off("uncaughtException", onException);
  setImmediate(() => {
    throw error;
  });
}
