import { AsyncLocalStorage, createHook } from "node:async_hooks";
import { setImmediate as turn, setTimeout as sleep } from "node:timers/promises";
import { strayFailure, type WatchCode } from "./codeWatch.js";
import { guardProcess } from "./processGuard.js";

/** Whoever is called, and who hears of it. */
interface Called {
  readonly whose: string;
  readonly tell: (failure: Error) => void;
  /** Whether what is left to run is given up with the watch. */
  readonly givenUp: boolean;
}

/** Node hands it on to all that the called code sets going. */
const called = new AsyncLocalStorage<Called>();

/** Timers that called code has set, and that are still to run. */
const left = new Map<number, { readonly timer: NodeJS.Timeout | NodeJS.Immediate; readonly tell: Called["tell"] }>();

const timers = createHook({
  init(id, type, _trigger, resource) {
    if (type !== "Timeout" && type !== "Immediate") return;
    const caller = called.getStore();
    if (caller?.givenUp) left.set(id, { timer: resource as NodeJS.Timeout, tell: caller.tell });
  },
  destroy: (id) => void left.delete(id),
});

let watches = 0;
let unguard = (): void => {};

/** The watch of Node: of several at a time each hears of its own. */
export const watchCode: WatchCode = (tell, keepTimers = false) => {
  let ended = false;
  begin();
  return {
    call: (whose, code) => keepExitCode(() => called.run({ whose, tell, givenUp: !keepTimers }, code)),
    async settle() {
      await sleep(0); // timers of as little time that were set before have run then
      await turn();
    },
    end() {
      if (ended) return;
      ended = true;
      for (const each of left.values()) if (each.tell === tell) giveUp(each.timer);
      finish();
    },
  };
};

/** Calls `told`, at most once, when the process is about to end as nothing is left to wait for; the result takes it back. */
export function whenNothingIsLeft(told: () => void): () => void {
  process.once("beforeExit", told);
  return () => process.off("beforeExit", told);
}

/** Watched code has no say in what the process ends with. */
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
  process.on("uncaughtException", hearException);
  process.on("unhandledRejection", hearRejection);
  unguard = guardProcess(
    () => called.getStore() !== undefined,
    (deed) => {
      const { whose, tell } = called.getStore()!;
      tell(strayFailure(whose, deed));
    },
    (error) => hear(error),
  );
}

function finish(): void {
  if (--watches > 0) return;
  timers.disable();
  process.off("uncaughtException", hearException);
  process.off("unhandledRejection", hearRejection);
  unguard();
}

/** Whether it was somebody's who is watched. */
function hear(error: unknown): boolean {
  const caller = called.getStore();
  caller?.tell(strayFailure(caller.whose, error, " outside of any call"));
  return caller !== undefined;
}

function hearException(error: unknown): void {
  if (!hear(error) && process.listenerCount("uncaughtException") === 1) endProcess(error);
}

function hearRejection(reason: unknown): void {
  if (!hear(reason) && process.listenerCount("unhandledRejection") === 1) endProcess(reason);
}

/** What is nobody's who is watched does what it would do without a watch. */
function endProcess(error: unknown): void {
  process.off("uncaughtException", hearException);
  setImmediate(() => {
    throw error;
  });
}
