import type { Json } from "../../check/json.js";
import { plainOnce } from "../../check/plainOnce.js";
import { listOnce } from "../../check/readOnce.js";
import { isSameJson } from "../snapshots.js";

/** The candidates of one observation as plain data, each read once, when it is first asked for. */
export class ShownDocuments {
  private readonly shown: readonly unknown[];
  private readonly read: Json[] = [];

  constructor(doc: readonly unknown[]) {
    this.shown = listOnce("observation.doc", doc);
  }

  at(position: number): Json {
    return (this.read[position] ??= plainOnce(`observation.doc[${position}]`, this.shown[position]));
  }

  /**
   * Where documents are now that were at these positions: each is known by its value, at the same position if it is there, else at
   * the lowest one that no other of them has. Undefined unless all are there. A position that came twice comes twice again.
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
      const position = this.shown.findIndex((_, other) => !taken.has(other) && this.is(other, documents[slot]!));
      if (position < 0) return undefined;
      take(before, position);
    }
    return positions.map((before) => now.get(before)!);
  }

  private is(position: number, document: Json): boolean {
    return isSameJson(this.at(position), document);
  }
}
