/** What ends the process; `kill` only when it is told to. */
const ENDINGS = ["exit", "reallyExit", "abort", "kill"] as const;

type Ending = (...given: unknown[]) => unknown;

/**
 * Keeps watched code from ending the process: there what would end it throws, and is told of, as the throw may be caught. A
 * microtask of such code that throws is told of too, as nothing else says whose it was. Returns what undoes the guard.
 */
export function guardProcess(
  isWatched: () => boolean,
  onEnding: (error: Error) => void,
  onThrow: (error: unknown) => void,
): () => void {
  const endings = process as unknown as Record<string, Ending>;
  const undo = ENDINGS.map((name) => {
    return replace(
      endings,
      name,
      (original) =>
        function (this: unknown, ...given) {
          const ends = name !== "kill" || given[0] === process.pid;
          if (!ends || !isWatched()) return Reflect.apply(original, this, given);
          const error = new Error(
            `process.${name}(${name === "kill" ? "process.pid" : given.map(shown).join(", ")}) was called`,
          );
          onEnding(error);
          throw error;
        },
    );
  });
  const globals = globalThis as unknown as Record<string, Ending>;
  undo.push(
    replace(globals, "queueMicrotask", (original) => (task) => {
      if (!isWatched() || typeof task !== "function") return original(task);
      return original(() => {
        try {
          task();
        } catch (error) {
          onThrow(error);
        }
      });
    }),
  );
  return () => undo.forEach((each) => each());
}

function shown(value: unknown): string {
  return typeof value === "number" || typeof value === "string" ? String(value) : "…";
}

/** Whoever replaced it after us keeps what it put there. */
function replace(holder: Record<string, Ending>, name: string, replacement: (original: Ending) => Ending): () => void {
  const original = holder[name];
  if (original === undefined) return () => {};
  const ours = replacement(original);
  holder[name] = ours;
  return () => {
    if (holder[name] === ours) holder[name] = original;
  };
}
