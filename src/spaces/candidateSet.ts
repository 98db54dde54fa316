import { expectedMistake, numberMistake } from "../check/mistakes.js";
import { MOST_ITEMS } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { nameOfPart, printed, shortName } from "../check/shortName.js";
import type { Draws } from "../random/draws.js";
import { isRecord, isSpace } from "./records.js";
import { answer, frozen, refuseNoDraws, refuseOthers, type Space } from "./space.js";

const DECIMAL = /^(0|[1-9]\d{0,15})$/;

/**
 * Candidates by the decimal text of their id. The ids go on growing from step to step, so a `Dict` would name other
 * fields every time (as RecSim's space does); this one says how many candidates there are, and what each is like.
 */
export class CandidateSet<Document> implements Space<Readonly<Record<string, Document>>> {
  readonly document: Space<Document>;
  readonly numCandidates: number;
  readonly flatSize: number | undefined;

  constructor(document: Space<Document>, numCandidates: number) {
    refuse([
      isSpace(document) ? undefined : expectedMistake("document", "a space", document),
      numberMistake("numCandidates", numCandidates, { min: 1, max: MOST_ITEMS, integer: true }),
    ]);
    this.document = document;
    this.numCandidates = numCandidates;
    this.flatSize = document.flatSize === undefined ? undefined : document.flatSize * numCandidates;
    frozen(this, new.target === CandidateSet);
  }

  contains(value: unknown): value is Readonly<Record<string, Document>> {
    return answer(() => {
      if (!isRecord(value)) return false;
      const entries = Object.entries(value);
      if (entries.length !== this.numCandidates) return false;
      return entries.every(([id, document]) => DECIMAL.test(id) && this.document.contains(document));
    });
  }

  /** Ids from 0 on. */
  sample(draws: Draws): Record<string, Document> {
    refuseNoDraws(draws);
    return Object.fromEntries(
      Array.from({ length: this.numCandidates }, (_, id) => [String(id), this.document.sample(draws)]),
    );
  }

  flatten(value: Readonly<Record<string, Document>>): number[] {
    refuseOthers(this, value);
    return Object.values(value).flatMap((document) => this.document.flatten(document));
  }

  [printed](): string {
    return shortName("CandidateSet", `${this.numCandidates} of ${nameOfPart(this.document)}`);
  }
}
