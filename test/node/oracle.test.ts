// Every recorded draw through the public step functions, one episode after the other. The state is carried along by our own
// functions, so errors would add up.
import { describe, expect, test } from "vitest";
import { chooseByInverseCdf, proportions } from "../../src/choice/multinomialLogit.js";
import { longTermSatisfaction, type Equations, type PlainParameters } from "../../src/index.js";
import { ltsModel, type LtsModel } from "../../src/worlds/longTermSatisfaction/model.js";
import { expectFields } from "../support/agreement.js";
import { readOracle } from "../support/oracle.js";
import type { NotebookEpisode, ProseEpisode, RecsimEpisode, TruncatedNormalRow } from "../support/oracle.js";

const notebook = readOracle<{ episodes: NotebookEpisode[] }>({ episodes: 24 }, "lts-notebook-traces");
const prose = readOracle<{ episodes: ProseEpisode[] }>({ episodes: 24 }, "lts-prose-traces");
const recsim = readOracle<{ episodes: RecsimEpisode[] }>({ episodes: 22 }, "lts-recsim-traces");
const truncated = readOracle<{ truncnorm_inverse_cdf: TruncatedNormalRow[] }>(
  { truncnorm_inverse_cdf: 43 },
  "truncnorm-inverse-cdf",
  "rng-mt19937",
);

test("as many steps are recorded as were taken", () => {
  expectFields(
    notebook.episodes.flatMap(({ steps }) => steps),
    { choice_probs: 1300, candidates: 1180 },
  );
  expectFields(
    recsim.episodes.flatMap(({ steps }) => steps),
    { chosen: 1250, candidates: 1130 },
  );
  for (const { id, nee, sat, engagement } of prose.episodes) {
    const { length } = notebook.episodes.find((other) => other.id === id)!.steps;
    expect(
      [nee, sat, engagement].map((list) => list.length),
      id,
    ).toEqual([length, length, length]);
  }
});

/** Expects agreement to 1e-12, relative to max(1, |recorded|). */
function expectAgreement(computed: number, recorded: number, what: string, tolerance = 1e-12): void {
  const off = Math.abs(computed - recorded) / Math.max(1, Math.abs(recorded));
  expect(off, `${what}: computed ${computed}, recorded ${recorded}`).toBeLessThanOrEqual(tolerance);
}

function modelOf(equations: Equations, episode: NotebookEpisode | RecsimEpisode): LtsModel {
  const { slate_size: slateSize, num_candidates: numCandidates, params } = episode;
  const engagement =
    "meme_mean" in params
      ? [params.meme_mean, params.meme_stddev, params.educ_mean, params.educ_stddev]
      : [params.choc_mean, params.choc_stddev, params.kale_mean, params.kale_stddev];
  const [memeEngagementLogMean, memeEngagementLogStddev, educationalEngagementLogMean, educationalEngagementLogStddev] =
    engagement as [number, number, number, number];
  const parameters: Partial<PlainParameters> = {
    equations,
    slateSize,
    numCandidates,
    memoryDiscount: params.memory_discount,
    sensitivity: params.sensitivity,
    innovationStddev: params.innovation_stddev,
    timeBudget: params.time_budget,
    memeEngagementLogMean,
    memeEngagementLogStddev,
    educationalEngagementLogMean,
    educationalEngagementLogStddev,
  };
  const noise = "observation_noise_stddev" in params ? { observationNoiseStddev: params.observation_noise_stddev } : {};
  return ltsModel(longTermSatisfaction({ ...parameters, ...noise }).parameters);
}

/** Educativeness of what each step's slate showed, in slate order. */
function* slatesOf(
  first: readonly number[],
  steps: readonly { slate: readonly number[]; next: readonly number[] | undefined }[],
): Generator<number[]> {
  let candidates = first;
  for (const { slate, next } of steps) {
    yield slate.map((position) => candidates[position]!);
    candidates = next ?? candidates;
  }
}

function notebookSlates({ initial, steps }: NotebookEpisode): number[][] {
  const shown = steps.map(({ slate, candidates }) => ({ slate, next: candidates?.educativeness }));
  return [...slatesOf(initial.candidates.educativeness, shown)];
}

describe("the notebook's code, recorded", () => {
  test.each(notebook.episodes)("episode $id", (episode) => {
    const { id, initial, steps } = episode;
    const model = modelOf("notebook", episode);
    let exposure = model.initialExposure(initial.u_nee);
    let satisfaction = model.satisfaction(exposure);
    expectAgreement(exposure, initial.nee, `${id}, start: exposure`);
    expectAgreement(satisfaction, initial.sat, `${id}, start: satisfaction`);
    expectAgreement(model.observation(0, initial.u_obs), initial.obs_noise, `${id}, start: noise`);
    expectAgreement(model.observation(satisfaction, initial.u_obs), initial.user_obs, `${id}, start: observation`);
    const slates = notebookSlates(episode);
    for (const [index, step] of steps.entries()) {
      const agree = (computed: number, recorded: number, what: string): void => {
        expectAgreement(computed, recorded, `${id}, step ${index}: ${what}`);
      };
      const weights = model.choiceWeights(slates[index]!);
      const probabilities = proportions(weights);
      expect(probabilities.length, `${id}, step ${index}: choices`).toBe(step.choice_probs.length);
      probabilities.forEach((p, slot) => agree(p, step.choice_probs[slot]!, `probability of slot ${slot}`));
      const chosen = chooseByInverseCdf(weights, step.u_choice);
      expect(chosen, `${id}, step ${index}: slot chosen`).toBe(step.chosen);
      const k = slates[index]![chosen]!;
      const engagement = model.engagement(k, satisfaction, step.z_engagement);
      exposure = model.nextExposure(exposure, k, step.z_innovation);
      satisfaction = model.satisfaction(exposure);
      agree(engagement, step.engagement, "engagement");
      agree(engagement, step.reward, "reward");
      agree(exposure, step.nee, "exposure");
      agree(satisfaction, step.sat, "satisfaction");
      agree(model.observation(0, step.u_obs), step.obs_noise, "observation's noise");
      agree(model.observation(satisfaction, step.u_obs), step.user_obs, "observation");
    }
  });
});

describe("the notebook's prose, evaluated with the same draws", () => {
  test.each(prose.episodes)("episode $id", (recorded) => {
    const { id } = recorded;
    const episode = notebook.episodes.find((other) => other.id === id);
    if (!episode) throw new Error(`lts-notebook-traces.json has no episode ${id}`);
    const model = modelOf("prose", episode);
    let exposure = model.initialExposure(episode.initial.u_nee);
    let satisfaction = model.satisfaction(exposure);
    let total = 0;
    expectAgreement(exposure, recorded.nee0, `${id}, start: exposure`);
    expectAgreement(satisfaction, recorded.sat0, `${id}, start: satisfaction`);
    const slates = notebookSlates(episode);
    for (const [index, step] of episode.steps.entries()) {
      const weights = model.choiceWeights(slates[index]!);
      const chosen = chooseByInverseCdf(weights, step.u_choice);
      expect(chosen, `${id}, step ${index}: slot chosen`).toBe(step.chosen);
      const k = slates[index]![chosen]!;
      const engagement = model.engagement(k, satisfaction, step.z_engagement);
      exposure = model.nextExposure(exposure, k, step.z_innovation);
      satisfaction = model.satisfaction(exposure);
      total += engagement;
      expectAgreement(engagement, recorded.engagement[index]!, `${id}, step ${index}: engagement`);
      expectAgreement(exposure, recorded.nee[index]!, `${id}, step ${index}: exposure`);
      expectAgreement(satisfaction, recorded.sat[index]!, `${id}, step ${index}: satisfaction`);
    }
    expectAgreement(total, recorded.total_engagement, `${id}: total engagement`);
  });
});

describe("RecSim's own environment, recorded", () => {
  test.each(recsim.episodes)("episode $id", (episode) => {
    const { id, initial, steps } = episode;
    const model = modelOf("chocKale", episode);
    let exposure = model.initialExposure(initial.u_npe);
    let satisfaction = model.satisfaction(exposure);
    expectAgreement(exposure, initial.npe, `${id}, start: exposure`);
    expectAgreement(satisfaction, initial.sat, `${id}, start: satisfaction`);
    const shown = steps.map(({ slate, candidates }) => ({ slate, next: candidates?.clickbait_score }));
    const slates = [...slatesOf(initial.candidates.clickbait_score, shown)];
    for (const [index, step] of steps.entries()) {
      const weights = model.choiceWeights(slates[index]!);
      for (const uniform of [0, 0.5, 1 - 2 ** -53]) {
        expect(chooseByInverseCdf(weights, uniform), `${id}, step ${index}: slot chosen`).toBe(step.chosen);
      }
      const k = slates[index]![step.chosen]!;
      const engagement = model.engagement(k, satisfaction, step.z_engagement);
      exposure = model.nextExposure(exposure, k, step.z_innovation);
      satisfaction = model.satisfaction(exposure);
      expectAgreement(engagement, step.engagement, `${id}, step ${index}: engagement`);
      expectAgreement(engagement, step.reward, `${id}, step ${index}: reward`);
      expectAgreement(exposure, step.npe, `${id}, step ${index}: exposure`);
      expectAgreement(satisfaction, step.sat, `${id}, step ${index}: satisfaction`);
    }
  });
});

/** What rounding u - 1/2 to a double costs far out, where the density is small: 2^-54 of probability. */
function roundingOf(value: number, stddev: number): number {
  return (2 ** -54 * stddev * Math.sqrt(2 * Math.PI)) / Math.exp(-0.5 * (value / stddev) ** 2);
}

describe("the observation's truncated normal, recorded", () => {
  test.each(truncated.truncnorm_inverse_cdf)("at u = $u", ({ u, scale, value, value_a2: valueOfHalf }) => {
    for (const [stddev, recorded] of [
      [scale, value],
      [0.5, valueOfHalf],
    ] as const) {
      const model = ltsModel(longTermSatisfaction({ observationNoiseStddev: stddev }).parameters);
      expectAgreement(
        model.observation(0, u),
        recorded,
        `standard deviation ${stddev}`,
        1e-12 + roundingOf(recorded, stddev),
      );
    }
  });
});
