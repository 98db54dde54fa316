/**
 * What world files import, and how they become worlds.
 * @module slatesim/world
 */
import { choiceModels } from "../../choice/choiceModels.js";
import type { ChoiceModel } from "../../choice/choiceModel.js";
import { refuse } from "../../check/refuse.js";
import { numberMistake } from "../../check/mistakes.js";
import { toInteger } from "../../compiler/library.js";

export { exp, log, logistic } from "../../compiler/library.js";
export { InvalidSource, type SourceMistake } from "../../compiler/sourceText.js";
export { compileWorldFile, type CompiledWorldFile } from "../../compiler/compileWorld.js";
export type { Draws } from "../../random/draws.js";
export { compileWorld, type CompileOptions } from "./compileWorld.js";
export { compiledWorld } from "./compiledWorld.js";
export type { BatchRecord, CompiledBatchObservation } from "./batchObservation.js";
export type { CompiledProgram, CompiledWorldOptions } from "./compiledProgram.js";

/** A 64-bit floating-point number. */
export type f64 = number;
/** A 32-bit integer. */
export type i32 = number;
/** A truth value. */
export type bool = boolean;
/** A list of f64 whose length never changes. */
export interface Vector {
  readonly length: i32;
  [index: i32]: f64;
}

/** A vector of zeros, as the first value of a field; `length` is an integer in [1, 4096]. */
export function vector(length: i32): Vector {
  refuse([numberMistake("length", length, { min: 1, max: 4096, integer: true })]);
  return Array.from({ length }, () => 0);
}

/** P(i) ∝ e^score(i), and e^noClickLogit for no click; without a number there always is a click. */
export function multinomialLogit(noClickLogit: f64 = -Infinity): ChoiceModel {
  return choiceModels.multinomialLogit({ noClickLogit });
}

/** P(i) ∝ score(i) - minNormalizer, and noClickMass - minNormalizer for no click. */
export function multinomialProportional(minNormalizer: f64, noClickMass: f64 = 0): ChoiceModel {
  return choiceModels.multinomialProportional({ minNormalizer, noClickMass });
}

/**
 * Looks at one document after the other, at each with chance `attentionProbability` in [0, 1], and clicks on one that it looks at with chance
 * scoreScaling·e^score, which must be at most 1. `scoreScaling` is at least 0.
 */
export function exponentialCascade(scoreScaling: f64, attentionProbability: f64 = 1): ChoiceModel {
  return choiceModels.exponentialCascade({ scoreScaling, attentionProbability });
}

/** The same, but clicks with chance scoreScaling·(score - minNormalizer); no score may lie below `minNormalizer`. */
export function proportionalCascade(minNormalizer: f64, scoreScaling: f64, attentionProbability: f64 = 1): ChoiceModel {
  return choiceModels.proportionalCascade({ minNormalizer, scoreScaling, attentionProbability });
}

/** A number cut off towards 0; the nearest i32 for what is outside, 0 for NaN. */
export const i32: (x: f64) => i32 = toInteger;
/** A whole number as a floating-point one. */
export const f64: (x: i32) => f64 = Number;

/** √x, correctly rounded; NaN below 0. */
export const sqrt: (x: f64) => f64 = Math.sqrt;
/** |x|. */
export const abs: (x: f64) => f64 = Math.abs;
/** The lesser of two numbers; NaN if one of them is. */
export const min: (x: f64, y: f64) => f64 = Math.min;
/** The greater of two numbers; NaN if one of them is. */
export const max: (x: f64, y: f64) => f64 = Math.max;
/** The greatest whole number that is at most x. */
export const floor: (x: f64) => f64 = Math.floor;
/** The least whole number that is at least x. */
export const ceil: (x: f64) => f64 = Math.ceil;
/** x cut off towards 0, as an f64. */
export const trunc: (x: f64) => f64 = Math.trunc;
