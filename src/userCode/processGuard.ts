/** Functions that end the process; `kill` does only for some arguments. */
const ENDINGS = ["exit", "reallyExit", "abort", "kill"] as const;

type Ending = (...given: unknown[]) => unknown;

/**
 * Prevents watched code from ending the process: such a call throws, and is reported, because the throw may be caught. A microtask
 * of watched code that throws is reported, too, because nothing else identifies its owner. Returns a function that removes the guard.
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
            `process.${name}(${name === "kill" ? "process.pid" : given.map(argumentText).join(", ")}) was called`,
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

function argumentText(value: unknown): string {
  return typeof value === "number" || typeof value === "string" ? String(value) : "…";
}

/** Restores a function unless other code has replaced it since. */
function replace(holder: Record<string, Ending>, name: string, replacement: (original: Ending) => Ending): () => void {
  const original = holder[name];
  if (original === undefined) return () => {};
  const ours = replacement(original);
  holder[name] = ours;
  return () => {
    if (holder[name] === ours) holder[name] = original;
  };
}
