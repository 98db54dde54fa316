import { FunctionEmitter } from "./emitFunctions.js";
import { asNumbers, clearing, folding, sizeOf } from "./emitRecords.js";
import { BLOCKS, rowsOf, StageEmitter, type Stage } from "./emitStage.js";
import { metricNames } from "./metricNames.js";
import type { FunctionRole, WorldProgram } from "./program.js";
import { specialise } from "./specialise.js";
import { withoutUnreadFields } from "./unreadFields.js";

/** Files of a world, beside those of the library, by their names in its folder. */
export interface WorldSources {
  readonly "world.ts": string;
  readonly "stages.ts": string;
}

/** Returns a world as AssemblyScript, for the library in kernel/compiled. */
export function emitAssemblyScript(program: WorldProgram): WorldSources {
  return new WorldEmitter(program).sources();
}

class WorldEmitter {
  private readonly program: WorldProgram;
  private readonly functions = new FunctionEmitter();
  private readonly stages = new StageEmitter(this.functions);
  private unclickedDraws = false;

  constructor(program: WorldProgram) {
    this.program = program;
  }

  sources(): WorldSources {
    const stages = this.stagesText();
    return { "world.ts": this.constants(), "stages.ts": stages };
  }

  private constants(): string {
    const { records, choice } = this.program;
    return `// What is known of a world before it runs.
export const USER_VALUES: i32 = ${sizeOf(records.User)};
export const DOCUMENT_VALUES: i32 = ${sizeOf(records.Document)};
export const RESPONSE_VALUES: i32 = ${sizeOf(records.Response)};
export const METRIC_VALUES: i32 = ${sizeOf(records.Metrics)};
/** Numbers of a state in the digest. */
export const STATE_NUMBERS: i32 = ${sizeOf(records.User)};
/** Rows of draws. */
export const DRAW_ROWS: i32 = ${this.stages.rows};
export const LOGIT: bool = ${choice.model === "multinomialLogit"};
/** u8[METRIC_VALUES]: whether a metric has a series. */
export const METRIC_SERIES: usize = memory.data<u8>([${[...metricNames(records.Metrics).map(({ series }) => Number(series)), 0].join(", ")}]);
/** Whether responses to documents that are not clicked draw. */
export const UNCLICKED_DRAWS: bool = ${this.unclickedDraws};
/** The parameters, eight bytes each. */
export const PARAMETERS: usize = memory.data(${8 * Math.max(1, sizeOf(records.Parameters))}, 16);
`;
  }

  private stagesText(): string {
    const { records, functions } = this.program;
    const document = this.stages.stage(withoutUnreadFields(this.program));
    const user = this.stages.stage(functions.sampleUser);
    const respond = functions.respond;
    const clickedName = respond.parameters[2]?.name;
    const versions = [true, false].map((known) => {
      const made = clickedName === undefined ? respond : specialise(respond, clickedName, known);
      return this.stages.stage(made, known ? "clicked" : "unclicked");
    });
    const [clicked, given] = versions as [Stage, Stage];
    this.unclickedDraws = given.plan?.length !== 0;
    const unclicked = this.unclickedDraws ? { ...given, plan: undefined } : given; // rows would be needed for every slot
    const transition = this.stages.stage(functions.transition);
    const without = functions.transitionWithoutClick && this.stages.stage(functions.transitionWithoutClick);
    const parts = [
      this.sampling(user, document),
      this.responding(clicked, unclicked),
      this.transitions(transition, without),
      this.questions(),
      clearing("clearResponse", records.Response),
      clearing("clearMeasured", records.Metrics),
      folding(records.User),
    ];
    return `// The functions of a world, and the stages of a step that call them.
import { ACTIVE, BLOCKS, DOCUMENTS, DRAWS, ROW, USERS } from "./memory";
import { blocksOf, nextInteger, nextNormal, nextUniform, normalRow, openDraws, uniformRow } from "./draws";
import { element, exp, integerOf, log, logistic, setElement, toInteger } from "./functions";
import { foldNumber } from "./digest";
import { DOCUMENT_VALUES, PARAMETERS } from "./world";

${this.functions.text()}
${parts.join("\n")}`;
  }

  private sampling(user: Stage, document: Stage): string {
    const { records } = this.program;
    const block = `${BLOCKS.document} + (<u32>index << 16)`;
    const record = "DOCUMENTS + <usize>index * <usize>DOCUMENT_VALUES * ROW + (lane << 3)";
    return `${clearing("clearUser", records.User)}
${clearing("clearDocument", records.Document)}
export function sampleUsers(firstUser: u32, users: i32): void {
${rowsOf(user, BLOCKS.start, "0", "0")}
  for (let lane: usize = 0; lane < <usize>users; lane++) {
    clearUser(USERS + (lane << 3));
    ${this.stages.call(user, ["USERS + (lane << 3)"], BLOCKS.start, "0", "firstUser + <u32>lane")}
  }
}

/** Samples the candidate at a position for all users, into the record of that index. */
export function sampleDocuments(index: i32, step: i32, firstUser: u32, users: i32): void {
${rowsOf(document, block, "0", "step")}
  for (let lane: usize = 0; lane < <usize>users; lane++) {
    clearDocument(${record});
    ${this.stages.call(document, [record], block, "step", "firstUser + <u32>lane")}
  }
}

/** Samples a candidate for each user, whose positions are in a row, into the record of that index. */
export function sampleAtPositions(index: i32, positions: usize, step: i32, firstUser: u32, users: i32): void {
  blocksOf(${BLOCKS.document}, positions);
${rowsOf(document, "0", "BLOCKS", "step")}
  for (let lane: usize = 0; lane < <usize>users; lane++) {
    clearDocument(${record});
    ${this.stages.call(document, [record], "load<u32>(BLOCKS + (lane << 2))", "step", "firstUser + <u32>lane")}
  }
}
`;
  }

  private responding(clicked: Stage, unclicked: Stage): string {
    const block = `${BLOCKS.response} + (<u32>slot << 16)`;
    return `/** Draws for the responses to clicked documents, whose slots are in a row. */
export function drawResponses(step: i32, slots: usize, firstUser: u32, users: i32): void {
  blocksOf(${BLOCKS.response}, slots);
${rowsOf(clicked, "0", "BLOCKS", "step")}
}

export function respondClicked(user: usize, document: usize, response: usize, lane: usize, slot: i32, step: i32, number: u32): void {
  ${this.stages.call(clicked, responseArguments("true"), block, "step", "number")}
}

export function respondUnclicked(user: usize, document: usize, response: usize, slot: i32, step: i32, number: u32): void {
  ${this.stages.call(unclicked, responseArguments("false"), block, "step", "number")}
}
`;
  }

  private transitions(transition: Stage, without: Stage | undefined): string {
    const none = without ? `  ${this.stages.call(without, ["user"], BLOCKS.transition, "step", "number")}` : "";
    return `export function drawTransitions(step: i32, firstUser: u32, users: i32): void {
${rowsOf(transition, BLOCKS.transition, "0", "step")}
${without ? rowsOf(without, BLOCKS.transition, "0", "step") : ""}
}

export function transition(user: usize, document: usize, response: usize, lane: usize, step: i32, number: u32): void {
  ${this.stages.call(transition, ["user", "document", "response"], BLOCKS.transition, "step", "number")}
}

export function transitionWithoutClick(user: usize, lane: usize, step: i32, number: u32): void {
${none}
}
`;
  }

  /** Functions that draw nothing; those that a world leaves out have a value of their own. */
  private questions(): string {
    const ask = (role: FunctionRole, args: readonly string[], fallback: string): string => {
      const made = this.program.functions[role];
      return made === undefined
        ? fallback
        : `${this.functions.name(made, "rows")}(${args.slice(0, made.parameters.length).join(", ")})`;
    };
    return `export function scoreOf(user: usize, document: usize): f64 {
  return ${ask("score", ["user", "document"], "0")};
}

export function rankOf(document: usize): f64 {
  return ${ask("rank", ["document"], "0")};
}

export function rewardOf(response: usize): f64 {
  return ${ask("reward", ["response"], "0")};
}

export function hasEnded(user: usize): bool {
  return ${ask("isTerminal", ["user"], "false")};
}

export function measure(user: usize, document: usize, response: usize, isClick: bool, measured: usize): void {
  ${ask("measure", ["user", "document", "response", "isClick", "measured"], "")};
${asNumbers(this.program.records.Metrics)}
}
`;
  }
}

function responseArguments(known: string): string[] {
  return ["user", "document", known, "response"];
}
