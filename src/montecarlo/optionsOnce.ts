import { isList } from "../check/lists.js";
import { listOnce, readOnce, reading } from "../check/readOnce.js";
import { OPTION_NAMES, type ReadOptions, type RunOptions } from "./options.js";
import { TRACE_OPTION_NAMES, type TraceOptions } from "./traceOptions.js";
import { metricsOnce } from "../world/metricMistakes.js";
import { STORE_FUNCTIONS, type BlockStore } from "../studies/blockStore.js";
import type { Precision } from "../studies/stoppingRule.js";

/**
 * The options of a run as they are now, each read once, with the functions of a store: what is checked is what is used. -0 is
 * user 0. Throws `InvalidInput` for what cannot be read; what it reads is for others to check.
 */
export function runOptionsOnce(given: RunOptions): ReadOptions {
  const options = fieldsOnce("options", given, OPTION_NAMES);
  if (options === given) return given as never;
  const { firstUser, precision, store, metrics } = options;
  return {
    ...options,
    metrics: metricsOnce("metrics", metrics),
    ...(firstUser === 0 && { firstUser: 0 }),
    ...(precision !== undefined && { precision: precisionOnce(precision) }),
    ...(store !== undefined && { store: storeOnce(store) }),
  };
}

/** The options of a trace as they are now. */
export function traceOptionsOnce(given: TraceOptions): TraceOptions {
  const options = fieldsOnce("options", given, TRACE_OPTION_NAMES);
  return options !== given && options.user === 0 ? { ...options, user: 0 } : options;
}

/** Typed arrays are no options, and may have millions of fields. */
function fieldsOnce<Given extends object>(field: string, given: Given, names: readonly string[]): Given {
  return isList(given) ? given : readOnce(field, given, names);
}

function precisionOnce(given: Precision): Precision {
  const precision = fieldsOnce("precision", given, ["halfWidth", "relative", "of"]);
  if (precision === given || precision.of === undefined) return precision;
  const { of } = precision;
  const listed = reading("precision.of", "what can be read", of, () => Array.isArray(of));
  return listed ? { ...precision, of: listOnce("precision.of", of) } : precision;
}

/** The store's functions, still called on the store. */
function storeOnce(given: BlockStore): BlockStore {
  const store = fieldsOnce("store", given, STORE_FUNCTIONS);
  if (store === given || STORE_FUNCTIONS.some((name) => typeof store[name] !== "function")) return store;
  const bound = STORE_FUNCTIONS.map((name) => [name, (store[name] as () => unknown).bind(given)]);
  return Object.fromEntries(bound) as BlockStore;
}
