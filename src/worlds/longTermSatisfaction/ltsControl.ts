import type { ControlVariates } from "../../world/controlVariates.js";
import type { SimulatedUser } from "../../world/simulatedUser.js";
import type { RunPolicy } from "../../world/policy.js";
import { expHalfLess } from "../../numeric/exponential.js";
import { documentTerms, type DocumentTerms } from "./documentTerms.js";
import { equationTerms } from "./equations.js";
import { noClickWeightOf, startWidth } from "./model.js";
import type { CorpusDocument, PlainParameters } from "./parameters.js";
import type { LtsUser } from "./ltsUser.js";
import type { LtsTypes } from "./types.js";

/** u, u² and u³ of the exposure u, in units of the first exposure's range. */
const NUM_FEATURES = 3;
/** Each group's Σk and Σk² less their means, alone and times u. */
const TERMS_PER_GROUP = 4;

/**
 * Control variates of the long-term satisfaction world: values are cubic polynomials of the exposure, and candidates count by their
 * educativeness. The kernel does the same operations in the same order (kernel/control.ts).
 */
export class LtsControl implements ControlVariates<LtsTypes> {
  readonly numFeatures = NUM_FEATURES;
  readonly numTerms: number;
  readonly initialMeans = [0, 1 / 12, 0];
  readonly documents: DocumentTerms;
  /** u = exposure · scale. */
  readonly scale: number;
  /** Variance of the noise in u. */
  readonly noiseVariance: number;
  private readonly slots: number;
  private readonly memoryDiscount: number;
  private readonly drift: number;
  private readonly noClickWeight: number;
  private readonly slate: number[] = [];
  private readonly ranking: Float64Array;

  constructor(parameters: PlainParameters, policy: RunPolicy) {
    const { slateSize, memoryDiscount, innovationStddev, noClickLogit, numCandidates } = parameters;
    const { choice, exposureDrift } = equationTerms(parameters);
    this.documents = documentTerms(parameters, policy);
    this.numTerms = TERMS_PER_GROUP * this.documents.numGroups;
    this.scale = 1 / startWidth(parameters);
    this.noiseVariance = innovationStddev * this.scale * (innovationStddev * this.scale);
    this.slots = choice === "first" ? 1 : slateSize;
    this.memoryDiscount = memoryDiscount;
    this.drift = exposureDrift;
    this.noClickWeight = noClickWeightOf(noClickLogit);
    this.ranking = new Float64Array(numCandidates);
  }

  writeFeatures(user: SimulatedUser<LtsTypes>, row: Float64Array, at: number): void {
    this.writePowers(exposureOf(user), row, at);
  }

  writeNextMeans(user: SimulatedUser<LtsTypes>, slate: readonly CorpusDocument[], row: Float64Array, at: number): void {
    this.writeMeans(exposureOf(user), this.educativenessOf(slate), row, at);
  }

  writeTerms(
    user: SimulatedUser<LtsTypes>,
    candidates: readonly CorpusDocument[],
    slate: readonly CorpusDocument[],
    row: Float64Array,
    at: number,
  ): void {
    const { ranking } = this;
    if (this.documents.of === "slate") return this.writeCentred(exposureOf(user), this.educativenessOf(slate), row, at);
    for (let position = 0; position < ranking.length; position++)
      ranking[position] = candidates[position]!.educativeness;
    this.writeCentred(exposureOf(user), ranking.toSorted(), row, at);
  }

  /** Writes u, u² and u³. */
  writePowers(exposure: number, row: Float64Array, at: number): void {
    const u = exposure * this.scale;
    row[at] = u;
    row[at + 1] = u * u;
    row[at + 2] = u * u * u;
  }

  /** Writes their means after a step with a slate of those documents. */
  writeMeans(exposure: number, slate: ArrayLike<number>, row: Float64Array, at: number): void {
    const { noClickWeight, noiseVariance, scale, drift } = this;
    const u = exposure * scale;
    let [weights, first, second, third] = [0, 0, 0, 0];
    for (let slot = 0; slot < this.slots; slot++) {
      const k = slate[slot]!;
      const weight = expHalfLess(k);
      const mean = (exposure * this.memoryDiscount + drift * (k - 0.5)) * scale;
      const square = mean * mean;
      weights += weight;
      first += weight * mean;
      second += weight * (square + noiseVariance);
      third += weight * (mean * (square + 3 * noiseVariance));
    }
    const share = 1 / (weights + noClickWeight);
    row[at] = (first + noClickWeight * u) * share;
    row[at + 1] = (second + noClickWeight * (u * u)) * share;
    row[at + 2] = (third + noClickWeight * (u * u * u)) * share;
  }

  /** Writes the terms of a slate in the order of its slots, or of all candidates in rising order. */
  writeCentred(exposure: number, given: ArrayLike<number>, row: Float64Array, at: number): void {
    const { groups, numGroups, means, squareMeans, fromTop, of } = this.documents;
    const u = exposure * this.scale;
    for (let group = 0, place = 0; group < numGroups; group++, at += TERMS_PER_GROUP) {
      let [sum, squares] = [0, 0];
      for (; groups[place] === group; place++) {
        const k = given[of === "slate" ? place : place < fromTop ? given.length - 1 - place : place - fromTop]!;
        sum += k;
        squares += k * k;
      }
      const [centred, centredSquares] = [sum - means[group]!, squares - squareMeans[group]!];
      row[at] = centred;
      row[at + 1] = centred * u;
      row[at + 2] = centredSquares;
      row[at + 3] = centredSquares * u;
    }
  }

  private educativenessOf(slate: readonly CorpusDocument[]): readonly number[] {
    for (let slot = 0; slot < slate.length; slot++) this.slate[slot] = slate[slot]!.educativeness;
    return this.slate;
  }
}

function exposureOf(user: SimulatedUser<LtsTypes>): number {
  return (user as LtsUser).exposure;
}
