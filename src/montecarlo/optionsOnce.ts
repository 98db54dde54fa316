import { addressText } from "../check/addressText.js";
import { isList } from "../check/lists.js";
import { listOnce, readOnce, reading } from "../check/readOnce.js";
import {
  COMPARE_OPTION_NAMES,
  OPTION_NAMES,
  type CompareOptions,
  type ReadCompareOptions,
  type ReadOptions,
  type RunOptions,
} from "./options.js";
import { TRACE_OPTION_NAMES, type TraceOptions } from "./traceOptions.js";
import { metricsOnce } from "../world/metricMistakes.js";
import { MORE_STORE_FUNCTIONS, STORE_FUNCTIONS, type BlockStore } from "../studies/blockStore.js";
import type { Precision } from "../studies/stoppingRule.js";

/**
 * Reads the options of a run, and the functions of a store, once, so that the values checked are the values used. -0 becomes user 0.
 * Throws `InvalidInput` for options that cannot be read; does not validate them.
 */
export function runOptionsOnce(given: RunOptions): ReadOptions {
  return optionsOnce(given, OPTION_NAMES);
}

/** Reads the options of a comparison once, likewise. */
export function compareOptionsOnce(given: CompareOptions): ReadCompareOptions {
  return optionsOnce(given, COMPARE_OPTION_NAMES);
}

function optionsOnce<Given extends RunOptions>(given: Given, names: readonly string[]): ReadOptions {
  const options = fieldsOnce("options", given, names);
  if (options === given) return given as never;
  const { workerUrl, ...rest } = options as RunOptions; // generic rests have no types of fields
  const { firstUser, precision, store, metrics } = rest;
  return {
    ...rest,
    metrics: metricsOnce("metrics", metrics),
    ...(firstUser === 0 && { firstUser: 0 }),
    ...(precision !== undefined && { precision: precisionOnce(precision) }),
    ...(store !== undefined && { store: storeOnce(store) }),
    ...(workerUrl !== undefined && { workerUrl: addressText(workerUrl) ?? (workerUrl as never) }),
  };
}

/** Reads the options of a trace once. */
export function traceOptionsOnce(given: TraceOptions): TraceOptions {
  const options = fieldsOnce("options", given, TRACE_OPTION_NAMES);
  return options !== given && options.user === 0 ? { ...options, user: 0 } : options;
}

/** Returns whether fields can be read: typed arrays are no options, and may have millions of fields. */
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

/** Returns the store's functions, bound to the store. */
function storeOnce(given: BlockStore): BlockStore {
  const store = fieldsOnce("store", given, [...STORE_FUNCTIONS, ...MORE_STORE_FUNCTIONS]);
  if (store === given) return store;
  const functions = [...STORE_FUNCTIONS, ...MORE_STORE_FUNCTIONS.filter((name) => store[name] !== undefined)];
  if (functions.some((name) => typeof store[name] !== "function")) return store;
  const bound = functions.map((name) => [name, (store[name] as () => unknown).bind(given)]);
  return Object.fromEntries(bound) as BlockStore;
}
