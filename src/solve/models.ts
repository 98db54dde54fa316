import type { ScalarStateModel } from "../world/scalarState.js";

const models = new WeakMap<object, ScalarStateModel>();

/** Remembers the model behind a solution, which does not show it. */
export function keepModel(solution: object, model: ScalarStateModel): void {
  models.set(solution, model);
}

/** Returns the model behind a solution of this process; undefined for anything else. */
export function modelOf(solution: unknown): ScalarStateModel | undefined {
  return typeof solution === "object" && solution !== null ? models.get(solution) : undefined;
}
