import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = process.env["ORACLE_DIR"] ?? fileURLToPath(new URL("../oracle", import.meta.url));

/**
 * The recorded numbers of that name, from the folder ORACLE_DIR or the project's own: the first of the files that is there.
 * Throws where none is, or where a part has fewer entries than `least` says: what is not there cannot fail.
 */
export function readOracle<Format extends object>(
  least: Readonly<Partial<Record<keyof Format, number>>>,
  ...names: string[]
): Format {
  const path = names.map((name) => join(folder, `${name}.json`)).find(existsSync);
  if (path === undefined) throw new Error(`${folder} has no ${names.join(".json or ")}.json`);
  const recorded = JSON.parse(readFileSync(path, "utf8")) as Format;
  for (const [part, count] of Object.entries<number | undefined>(least)) {
    const found = Object.keys(Object((recorded as Readonly<Record<string, unknown>>)[part])).length;
    if (found < count!) throw new Error(`${path} expected at least ${count} entries of ${part}, got ${found}`);
  }
  return recorded;
}

/** Parameters as the recorded episodes name them; choc is what pulls, as memes do, kale what builds. */
export interface RecordedParams {
  readonly memory_discount: number;
  readonly sensitivity: number;
  readonly innovation_stddev: number;
  readonly time_budget: number;
}

export interface NotebookParams extends RecordedParams {
  readonly meme_mean: number;
  readonly meme_stddev: number;
  readonly educ_mean: number;
  readonly educ_stddev: number;
  readonly observation_noise_stddev: number;
}

export interface RecsimParams extends RecordedParams {
  readonly choc_mean: number;
  readonly choc_stddev: number;
  readonly kale_mean: number;
  readonly kale_stddev: number;
}

export interface NotebookStep {
  readonly slate: readonly number[];
  readonly choice_probs: readonly number[];
  readonly u_choice: number;
  readonly chosen: number;
  readonly z_engagement: number;
  readonly engagement: number;
  readonly z_innovation: number;
  readonly nee: number;
  readonly sat: number;
  readonly reward: number;
  readonly u_obs: number;
  readonly obs_noise: number;
  readonly user_obs: number;
  /** Those shown after the step; absent where they stay. */
  readonly candidates?: { readonly educativeness: readonly number[] };
}

export interface NotebookEpisode {
  readonly id: string;
  readonly slate_size: number;
  readonly num_candidates: number;
  readonly params: NotebookParams;
  readonly initial: {
    readonly u_nee: number;
    readonly nee: number;
    readonly sat: number;
    readonly u_obs: number;
    readonly obs_noise: number;
    readonly user_obs: number;
    readonly candidates: { readonly educativeness: readonly number[] };
  };
  readonly steps: readonly NotebookStep[];
}

/** Arrays over the steps of the notebook episode with the same id. */
export interface ProseEpisode {
  readonly id: string;
  readonly nee0: number;
  readonly sat0: number;
  readonly nee: readonly number[];
  readonly sat: readonly number[];
  readonly engagement: readonly number[];
  readonly total_engagement: number;
}

export interface RecsimEpisode {
  readonly id: string;
  readonly slate_size: number;
  readonly num_candidates: number;
  readonly params: RecsimParams;
  readonly initial: {
    readonly u_npe: number;
    readonly npe: number;
    readonly sat: number;
    readonly candidates: { readonly clickbait_score: readonly number[] };
  };
  readonly steps: readonly {
    readonly slate: readonly number[];
    readonly chosen: number;
    readonly z_engagement: number;
    readonly engagement: number;
    readonly z_innovation: number;
    readonly npe: number;
    readonly sat: number;
    readonly reward: number;
    readonly candidates?: { readonly clickbait_score: readonly number[] };
  }[];
}

export interface TruncatedNormalRow {
  readonly u: number;
  /** Standard deviation `scale`, cut at ±1. */
  readonly scale: number;
  readonly value: number;
  /** Standard deviation 1/2, cut at ±1. */
  readonly value_a2: number;
}
