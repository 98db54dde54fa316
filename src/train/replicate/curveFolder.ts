import { readdirSync } from "node:fs";
import { join } from "node:path";
import { encodeJson } from "../../check/exactJson.js";
import type { Json } from "../../check/json.js";
import { writeWhole } from "../../files/wholeFile.js";
import type { Settings } from "../checkpoint.js";
import { EVENTS } from "../eventFile.js";
import { fileVersionRecord, scalarRecord, type Scalar } from "../eventRecords.js";
import { join as joinBytes } from "../protobuf.js";
import { openFolder } from "../runFolder.js";
import { readRunSettings } from "../trainFolder.js";
import type { CurvePoint, LearningCurve } from "./curve.js";

/** File in the folder of all replications that holds their curve. */
export const CURVE = "curve.json";

/** Returns the settings of the replications in a folder; undefined if they cannot be read. */
export function readCurveSettings(out: string): Settings | undefined {
  return readRunSettings(out, CURVE);
}

/** Returns how many replications were begun in a folder. */
export function countReplications(out: string): number {
  return readdirSync(out).filter((name) => /^replication-\d{4}$/.test(name)).length;
}

/** Writes the settings of replications that are about to begin; those of earlier ones stay until the new curve is there. */
export function openCurveFolder(out: string, settings: Settings): void {
  openFolder(out);
  if (readCurveSettings(out) === undefined) writeDocument(out, { settings, replications: [], points: [] });
}

/** Writes the curve: all of it, as a table, and as scalars of TensorBoard. */
export function writeCurve(out: string, { timing: _timing, repaired: _repaired, ...curve }: LearningCurve): void {
  writeWhole(join(out, EVENTS), joinBytes([fileVersionRecord(), ...curve.points.map(eventOf)]));
  writeWhole(join(out, "curve.csv"), csvOf(curve.points));
  writeDocument(out, curve);
}

function writeDocument(out: string, curve: object): void {
  writeWhole(join(out, CURVE), `${encodeJson(curve as Json, "curve", 2)}\n`);
}

const COLUMNS = ["iteration", "replications", "mean", "standardError", "lower", "upper"];
const REGRET_COLUMNS = ["regret", "regretLower", "regretUpper"];

/** Returns a line for each point below one of titles; what is not a number is left empty. */
function csvOf(points: readonly CurvePoint[]): string {
  const titles = points[0]?.regret === undefined ? COLUMNS : [...COLUMNS, ...REGRET_COLUMNS];
  const rows = points.map(({ iteration, values, mean, standardError, ci95, regret }) => {
    const regrets = regret === undefined ? [] : [regret.mean, ...regret.ci95];
    const numbers = [iteration, values.length, mean, standardError, ...ci95, ...regrets];
    return numbers.map((number) => (Number.isNaN(number) ? "" : String(number)));
  });
  return [titles, ...rows].map((row) => `${row.join(",")}\n`).join("");
}

/** Returns the record of a point, whose step is its iteration. */
function eventOf({ iteration, mean, ci95: [lower, upper], regret }: CurvePoint): Uint8Array {
  const scalars: Scalar[] = [
    ["AverageEpisodeRewards/mean", mean],
    ["AverageEpisodeRewards/lower", lower],
    ["AverageEpisodeRewards/upper", upper],
  ];
  if (regret !== undefined) {
    const [least, most] = regret.ci95;
    scalars.push(["Regret/mean", regret.mean], ["Regret/lower", least], ["Regret/upper", most]);
  }
  return scalarRecord(
    iteration,
    scalars.filter(([, value]) => !Number.isNaN(value)),
  );
}
