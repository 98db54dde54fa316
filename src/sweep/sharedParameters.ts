import { isPlainRecord } from "../check/json.js";
import type { SweepWorld } from "./worldGrid.js";

/** Returns the parameters that are the same in all worlds, in the order of the first world's. */
export function sharedParameters([first, ...others]: readonly SweepWorld[]): Readonly<Record<string, unknown>> {
  const shared = Object.entries(parametersOf(first!)).filter(([name, value]) => {
    const text = JSON.stringify(value);
    return others.every((world) => {
      const other = parametersOf(world);
      return Object.hasOwn(other, name) && (Object.is(other[name], value) || JSON.stringify(other[name]) === text);
    });
  });
  return Object.fromEntries(shared);
}

/** Parameters of a custom world are any value; only records have names to compare by. */
function parametersOf({ world: { parameters } }: SweepWorld): Readonly<Record<string, unknown>> {
  return isPlainRecord(parameters) ? parameters : {};
}
