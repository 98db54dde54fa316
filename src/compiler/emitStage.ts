import { drawPlanOf, type DrawPlan } from "./drawPlan.js";
import type { FunctionEmitter } from "./emitFunctions.js";
import type { WorldFunction } from "./program.js";
import { modeOf } from "./versions.js";

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
  readonly plan: DrawPlan | undefined;
  readonly firstRow: number;
}

/** What is handed to a parameter of a role. */
export interface StageArgument {
  readonly text: string;
  /** How the users' values lie: `apart` at two addresses, `uniform` alike for both. */
  readonly is?: "apart" | "uniform";
}

/** Where one by one draws are found. */
export interface DrawPlace {
  /** The first blocks of two users, a vector. */
  readonly blocks: string;
  readonly step: string;
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
  stage(made: WorldFunction): Stage {
    const plan = drawPlanOf(made);
    const firstRow = this.rows;
    this.rows += plan?.length ?? 0;
    return { made, plan, firstRow };
  }

  /**
   * Returns an expression: a call for the users at `i` with the role's arguments, draws last; a function may leave out the last ones. `mask`:
   * for whom; undefined where the other's results are never read.
   */
  call({ made, plan, firstRow }: Stage, args: readonly StageArgument[], mask: string | undefined): string {
    const named = (is: StageArgument["is"]): Set<string> =>
      new Set(made.parameters.filter((_, place) => args[place]?.is === is).map(({ name }) => name));
    const version = {
      made,
      mode: modeOf(plan),
      uniform: named("uniform"),
      apart: named("apart"),
    };
    const listed = made.parameters.map(({ type }, place) =>
      type === "draws" ? `DRAWS + ${512 * firstRow} + i` : args[place]!.text,
    );
    return this.functions.call(version, listed, mask);
  }

  /** Returns a statement: a call of a function that draws. */
  drawingCall(stage: Stage, args: readonly StageArgument[], place: DrawPlace, mask: string | undefined): string {
    const call = this.call(stage, args, mask);
    if (stage.plan !== undefined) return `${call};`;
    return `openDraws(${place.blocks}, ${place.step}, i);\n  ${call};`;
  }
}

/** Fills the rows of a stage: one block for each draw, from `block` on, or from that of each user in `blocks`. */
export function rowsOf({ plan, firstRow }: Stage, block: string, blocks: string, step: string): string {
  return (plan ?? [])
    .map((kind, n) =>
      kind === "skipped"
        ? ""
        : `  ${kind}Row(DRAWS + ${512 * (firstRow + n)}, (${block}) + ${n}, ${blocks}, ${step}, users);`,
    )
    .join("\n");
}
