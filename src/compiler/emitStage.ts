import { drawPlanOf, type DrawPlan } from "./drawPlan.js";
import type { FunctionEmitter } from "./emitFunctions.js";
import type { WorldFunction } from "./program.js";

/** First Philox block of each purpose: see src/worlds/custom/drawBlocks.ts. */
export const BLOCKS = {
  start: "0x01000000",
  transition: "0x03000000",
  response: "0x40000000",
  document: "0x80000000",
} as const;

/** A function of a role, with what it draws; `rows`: in rows beforehand, one after the other from `firstRow` on. */
export interface Stage {
  readonly made: WorldFunction;
  readonly version: string;
  readonly plan: DrawPlan | undefined;
  readonly firstRow: number;
}

/** Writes calls of the functions that draw, and what fills the rows of their draws. */
export class StageEmitter {
  private readonly functions: FunctionEmitter;
  /** Rows of draws that the stages of a step have so far. */
  rows = 0;

  constructor(functions: FunctionEmitter) {
    this.functions = functions;
  }

  /** Rows of draws are the stage's own: some are filled before others are read. */
  stage(made: WorldFunction, version = ""): Stage {
    const plan = drawPlanOf(made);
    const firstRow = this.rows;
    this.rows += plan?.length ?? 0;
    return { made, version, plan, firstRow };
  }

  /** Returns a call with the role's arguments, draws last; a function may leave out the last ones. */
  call(
    { made, version, plan, firstRow }: Stage,
    args: readonly string[],
    block: string,
    step: string,
    user: string,
  ): string {
    const name = this.functions.name(made, plan === undefined ? "oneByOne" : "rows", version);
    const draws = plan === undefined || plan.length === 0 ? "0" : `DRAWS + ${512 * firstRow} + (lane << 3)`;
    const listed = made.parameters.map(({ type }, place) => (type === "draws" ? draws : args[place]!));
    const call = `${name}(${listed.join(", ")})`;
    return plan === undefined ? `{ openDraws(${block}, ${step}, ${user}); ${call}; }` : `${call};`;
  }
}

/** Fills the rows of a stage: one block for each draw, from `block` on, or from that of each user in `blocks`. */
export function rowsOf({ plan, firstRow }: Stage, block: string, blocks: string, step: string): string {
  return (plan ?? [])
    .map((kind, n) =>
      kind === "skipped"
        ? ""
        : `  ${kind}Row(DRAWS + ${512 * (firstRow + n)}, (${block}) + ${n}, ${blocks}, ${step}, firstUser, users);`,
    )
    .join("\n");
}
