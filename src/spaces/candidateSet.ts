import { isArray } from "../check/lists.js";
import { expectedMistake, numberMistake } from "../check/mistakes.js";
import { listOnce, MAX_ITEMS } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { nameOfPart, printed, shortName } from "../check/shortName.js";
import type { Draws } from "../random/draws.js";
import { isSpace } from "./records.js";
import { answer, frozen, refuseNoDraws, type Space } from "./space.js";

/** Candidates in the order of their positions, as observations show them: a list of a fixed number of documents, all in one space. */
export class CandidateSet<Document> implements Space<readonly Document[]> {
  readonly document: Space<Document>;
  readonly numCandidates: number;
  readonly flatSize: number | undefined;

  constructor(document: Space<Document>, numCandidates: number) {
    refuse([
      isSpace(document) ? undefined : expectedMistake("document", "a space", document),
      numberMistake("numCandidates", numCandidates, { min: 1, max: MAX_ITEMS, integer: true }),
    ]);
    this.document = document;
    this.numCandidates = numCandidates;
    this.flatSize = document.flatSize === undefined ? undefined : document.flatSize * numCandidates;
    frozen(this, new.target === CandidateSet);
  }

  contains(value: unknown): value is readonly Document[] {
    return answer(() => isArray(value) && value.length === this.numCandidates && this.firstWrong(value) < 0);
  }

  sample(draws: Draws): Document[] {
    refuseNoDraws(draws);
    return Array.from({ length: this.numCandidates }, () => this.document.sample(draws));
  }

  flatten(value: readonly Document[]): number[] {
    const documents = isArray(value) ? listOnce("value", value) : value;
    refuse([this.mistake(documents)]);
    return documents.flatMap((document) => this.document.flatten(document));
  }

  /** @internal */
  [printed](): string {
    return shortName("CandidateSet", `${this.numCandidates} of ${nameOfPart(this.document)}`);
  }

  /** The first position whose document is not in the space of documents; -1 if there is none. A loop, for holes too. */
  private firstWrong(documents: readonly unknown[]): number {
    for (let position = 0; position < documents.length; position++) {
      if (!this.document.contains(documents[position])) return position;
    }
    return -1;
  }

  /** Returns why the value is not in the space; names the position of the first invalid document. */
  private mistake(value: unknown): string | undefined {
    if (!isArray(value) || value.length !== this.numCandidates)
      return expectedMistake("value", `a list of ${this.numCandidates} documents`, value);
    const position = this.firstWrong(value);
    if (position < 0) return undefined;
    return expectedMistake(`value[${position}]`, "one of the documents' space", value[position]);
  }
}
