import type { Json } from "../../check/json.js";
import { plainOnce } from "../../check/plainOnce.js";
import { listOnce } from "../../check/readOnce.js";
import { isSameJson } from "../snapshots.js";

/** Reads the candidates of one observation as plain data, each of them once, at its first use. */
export class CandidateReader {
  private readonly given: readonly unknown[];
  private readonly read: Json[] = [];

  constructor(doc: readonly unknown[]) {
    this.given = listOnce("observation.doc", doc);
  }

  at(position: number): Json {
    return (this.read[position] ??= plainOnce(`observation.doc[${position}]`, this.given[position]));
  }

  /**
   * Returns the current positions of documents that were at these positions. A document is identified by its value: at the same
   * position if it is there, else at the lowest one that no other of them has. Returns undefined unless all are there. A repeated
   * position stays repeated.
   */
  find(positions: readonly number[], documents: readonly Json[]): number[] | undefined {
    const now = new Map<number, number>();
    const taken = new Set<number>();
    const take = (before: number, position: number): void => {
      now.set(before, position);
      taken.add(position);
    };
    positions.forEach((before, slot) => {
      if (this.is(before, documents[slot]!)) take(before, before);
    });
    for (const [slot, before] of positions.entries()) {
      if (now.has(before)) continue;
      const position = this.given.findIndex((_, other) => !taken.has(other) && this.is(other, documents[slot]!));
      if (position < 0) return undefined;
      take(before, position);
    }
    return positions.map((before) => now.get(before)!);
  }

  private is(position: number, document: Json): boolean {
    return isSameJson(this.at(position), document);
  }
}
