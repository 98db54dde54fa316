// Environments with one fault each.
import { longTermSatisfaction, makeEnv, type Environment, type Json, type ResetOptions } from "../../src/index.js";

export const soundWorld = longTermSatisfaction({ timeBudget: 5 });
type Sound = Awaited<ReturnType<typeof openSound>>;
export const openSound = () => makeEnv(soundWorld);

/** A sound environment with a method replaced; the sound one is handed to the replacement. */
export function broken(replace: (sound: Sound) => Partial<Environment>): () => Promise<Environment> {
  const wrap = (sound: Sound): Environment => ({
    observationSpace: sound.observationSpace,
    actionSpace: sound.actionSpace,
    reset: (options) => sound.reset(options),
    step: (slate) => sound.step(slate),
    snapshot: () => sound.snapshot(),
    restore: (snapshot) => sound.restore(snapshot),
    fork: () => wrap(sound.fork()),
    ...replace(sound),
  });
  return async () => wrap(await openSound());
}

export type Fields = Readonly<Record<string, Json>>;

/** Takes slates that it is to refuse, as the first candidate alone. */
export function lenient(isIllegal: (slate: unknown) => boolean): () => Promise<Environment> {
  return broken((sound) => ({ step: (slate) => sound.step(isIllegal(slate) ? [0] : slate) }));
}

/** A fork whose steps are steps of its original too. */
export function openedTwice(sound: Environment): Environment {
  const fork = sound.fork();
  const { observationSpace, actionSpace } = fork;
  return {
    observationSpace,
    actionSpace,
    reset: (options) => fork.reset(options),
    snapshot: () => fork.snapshot(),
    restore: (snapshot) => fork.restore(snapshot),
    fork: () => fork.fork(),
    step(slate) {
      const result = fork.step(slate);
      sound.step(slate);
      return result;
    },
  };
}

/** A number that shows in snapshots alone, beside what `replace` makes of it. */
export function hidden(
  replace: (count: { now: number }, sound: Environment) => Partial<Environment>,
): () => Promise<Environment> {
  return broken((sound) => {
    const count = { now: 0 };
    const wrap = (inner: Environment, own: { now: number }): Environment => ({
      observationSpace: inner.observationSpace,
      actionSpace: inner.actionSpace,
      reset(options) {
        own.now = 0;
        return inner.reset(options);
      },
      step(slate) {
        const result = inner.step(slate);
        own.now += 1;
        return result;
      },
      snapshot: () => ({ ...(inner.snapshot() as Fields), hidden: own.now }),
      restore(snapshot) {
        if (typeof (snapshot as Fields | null)?.["hidden"] !== "number") throw new Error("foreign");
        const { hidden: kept, ...rest } = snapshot as Fields;
        inner.restore(rest);
        own.now = kept as number;
      },
      fork: () => wrap(inner.fork(), { ...own }),
      ...replace(own, inner),
    });
    return wrap(sound, count);
  });
}

export const stepwise = (change: (result: ReturnType<Environment["step"]>, calls: number) => object) =>
  broken((sound) => {
    let calls = 0;
    return {
      step(slate) {
        const result = sound.step(slate);
        return { ...result, ...change(result, calls++) } as never;
      },
    };
  });

export const atReset = (change: (result: ReturnType<Environment["reset"]>, given: ResetOptions) => object) =>
  broken((sound) => ({
    reset: (options: ResetOptions = {}) => {
      const result = sound.reset(options);
      return { ...result, ...change(result, options) } as never;
    },
  }));

/** Report of a violated property: its name, a line that says this, and the case. */
export function saying(property: string, sentence: string): RegExp {
  const [name, said] = [property, sentence].map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${name}\n(.*[ "])?${said}.*\nin the case \\{.*\\}, seed: 1$`);
}
