import { CHOICE_MODELS } from "./choiceNumbers.js";
import { FunctionEmitter } from "./emitFunctions.js";
import { asNumbers, clearing, folding, sizeOf } from "./emitRecords.js";
import { BLOCKS, rowsOf, StageEmitter, type Stage, type StageArgument } from "./emitStage.js";
import { metricNames } from "./metricNames.js";
import type { FunctionRole, WorldFunction, WorldProgram } from "./program.js";
import { specialise } from "./specialise.js";
import { withoutUnreadFields } from "./unreadFields.js";
import { mayGoOn } from "./functionTraits.js";

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

  constructor(program: WorldProgram) {
    this.program = program;
  }

  sources(): WorldSources {
    const stages = this.stagesText();
    return { "world.ts": this.constants(), "stages.ts": stages };
  }

  private constants(): string {
    const { records, choice, resample } = this.program;
    return `// What is known of a world before it runs.
export const USER_VALUES: i32 = ${sizeOf(records.User)};
export const DOCUMENT_VALUES: i32 = ${sizeOf(records.Document)};
export const RESPONSE_VALUES: i32 = ${sizeOf(records.Response)};
export const METRIC_VALUES: i32 = ${sizeOf(records.Metrics)};
/** Numbers of a state in the digest. */
export const STATE_NUMBERS: i32 = ${sizeOf(records.User)};
/** Rows of draws. */
export const DRAW_ROWS: i32 = ${this.stages.rows};
export const CHOICE_MODEL: i32 = ${CHOICE_MODELS.indexOf(choice.model)};
export const CANDIDATES_STAY: bool = ${resample !== "step"};
export const ONE_CORPUS: bool = ${resample === "never"};
/** u8[METRIC_VALUES]: whether a metric has a series. */
export const METRIC_SERIES: usize = memory.data<u8>([${[...metricNames(records.Metrics).map(({ series }) => Number(series)), 0].join(", ")}]);
/** Whether an episode may end before its time. */
export const MAY_END: bool = ${this.program.functions.isTerminal !== undefined};
/** The parameters, eight bytes each. */
export const PARAMETERS: usize = memory.data(${8 * Math.max(1, sizeOf(records.Parameters))}, 16);
`;
  }

  private stagesText(): string {
    const { records, functions } = this.program;
    const sampled = withoutUnreadFields(this.program);
    const document = this.stages.stage(sampled);
    const whole = sampled === functions.sampleDocument ? document : this.stages.stage(functions.sampleDocument);
    const user = this.stages.stage(functions.sampleUser);
    const respond = functions.respond;
    const clickedName = respond.parameters[2]?.name;
    const versions = [true, false].map((known) => {
      return this.stages.stage(clickedName === undefined ? respond : specialise(respond, clickedName, known));
    });
    const [clicked, given] = versions as [Stage, Stage];
    const unclicked = given.plan?.length === 0 ? given : { ...given, plan: undefined }; // rows would be needed for every slot
    const transition = this.stages.stage(functions.transition);
    const without = functions.transitionWithoutClick && this.stages.stage(functions.transitionWithoutClick);
    const parts = [
      this.sampling(user, document, whole),
      this.responding(clicked, unclicked),
      this.transitions(transition, without),
      this.questions(),
      clearing("clearResponse", records.Response),
      clearing("clearMeasured", records.Metrics),
      folding(records.User),
    ];
    return `// The functions of a world, and the stages of a step that call them.
import { ACTIVE, BLOCKS, DOCUMENTS, DRAWS, ROW, USERS } from "./memory";
import { blockPair, blocksOf, nextInteger, nextNormal, nextUniform, normalRow, openDraws, uniformRow } from "./draws";
import {
  elements, everybody, exp, fromTruth, integerOf, log, logistic, maskOf, nobody, pair, remainder, rowElement, setElements, setPair, setRow,
  setRowElement, toDouble, toInteger, toTruth, widened,
} from "./functions";
import { foldNumber, keepDigest } from "./digest";
import { DOCUMENT_VALUES, PARAMETERS } from "./world";

${this.functions.text()}
${parts.join("\n")}`;
  }

  private sampling(user: Stage, document: Stage, whole: Stage): string {
    const { records } = this.program;
    const block = `${BLOCKS.document} + (<u32>index << 16)`;
    const record = { text: "DOCUMENTS + <usize>index * <usize>DOCUMENT_VALUES * ROW + i" };
    const sample = (stage: Stage, blocks: string): string => `for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    clearDocument(${record.text});
    ${this.stages.drawingCall(stage, [record], { blocks, step: "step" }, active(stage.made))}
  }`;
    return `${clearing("clearUser", records.User)}
${clearing("clearDocument", records.Document)}
export function sampleUsers(users: i32): void {
${rowsOf(user, BLOCKS.start, "0", "0")}
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    clearUser(USERS + i);
    ${this.stages.drawingCall(user, [{ text: "USERS + i" }], { blocks: splat(BLOCKS.start), step: "0" }, active(user.made))}
  }
}

/** Samples the candidate at a position for all users, into the record of that index. */
export function sampleDocuments(index: i32, step: i32, users: i32): void {
${rowsOf(document, block, "0", "step")}
  ${sample(document, splat(block))}
}

/** As \`sampleDocuments\`, with the fields that only a policy reads. */
export function sampleWholeDocuments(index: i32, step: i32, users: i32): void {
${whole === document ? "  sampleDocuments(index, step, users);" : `${rowsOf(whole, block, "0", "step")}\n  ${sample(whole, splat(block))}`}
}

/** Samples a candidate for each user, whose positions are in a row, into the record of that index. */
export function sampleAtPositions(index: i32, positions: usize, step: i32, users: i32): void {
  blocksOf(${BLOCKS.document}, positions);
${rowsOf(document, "0", "BLOCKS", "step")}
  ${sample(document, "blockPair(i)")}
}
`;
  }

  private responding(clicked: Stage, unclicked: Stage): string {
    const neighbours = [user, document, uniform("false"), { text: "response" }];
    const others = [user, document, uniform("true"), response];
    const slot = splat(`${BLOCKS.response} + (<u32>slot << 16)`);
    return `/** Draws for the responses to clicked documents, whose slots are in a row. */
export function drawResponses(step: i32, slots: usize, users: i32): void {
  blocksOf(${BLOCKS.response}, slots);
${rowsOf(clicked, "0", "BLOCKS", "step")}
}

export function respondClicked(i: usize, document: usize, documentB: usize, response: usize, responseB: usize, step: i32, on: v128): void {
  ${this.stages.drawingCall(clicked, others, { blocks: "blockPair(i)", step: "step" }, "on")}
}

export function respondUnclicked(i: usize, document: usize, documentB: usize, response: usize, slot: i32, step: i32, on: v128): void {
  ${this.stages.drawingCall(unclicked, neighbours, { blocks: slot, step: "step" }, "on")}
}
`;
  }

  private transitions(transition: Stage, without: Stage | undefined): string {
    const place = { blocks: splat(BLOCKS.transition), step: "step" };
    return `export function drawTransitions(step: i32, users: i32): void {
${rowsOf(transition, BLOCKS.transition, "0", "step")}
${without ? rowsOf(without, BLOCKS.transition, "0", "step") : ""}
}

export function transition(i: usize, document: usize, documentB: usize, response: usize, responseB: usize, step: i32, on: v128): void {
  ${this.stages.drawingCall(transition, [user, document, response], place, "on")}
}

export function transitionWithoutClick(i: usize, step: i32, on: v128): void {
  ${without ? this.stages.drawingCall(without, [user], place, "on") : ""}
}
`;
  }

  /** Functions that draw nothing; those that a world leaves out have a value of their own. */
  private questions(): string {
    const ask = (role: FunctionRole, args: readonly StageArgument[], fallback: string): string => {
      const made = this.program.functions[role];
      return made === undefined ? fallback : this.stages.call(this.stages.stage(made), args, active(made));
    };
    const none = "f64x2.splat(0.0)";
    return `export function scoreOf(i: usize, document: usize, documentB: usize): v128 {
  return ${ask("score", [user, document], none)};
}

export function rankOf(i: usize, document: usize): v128 {
  return ${ask("rank", [{ text: "document" }], none)};
}

export function rewardOf(i: usize, response: usize): v128 {
  return ${ask("reward", [{ text: "response" }], none)};
}

export function hasEnded(i: usize): v128 {
  return ${ask("isTerminal", [user], "nobody()")};
}

export function measure(i: usize, document: usize, documentB: usize, response: usize, responseB: usize, isClick: v128, measured: usize): void {
  ${ask("measure", [user, document, response, { text: "isClick" }, { text: "measured" }], "")};
${asNumbers(this.program.records.Metrics)}
}
`;
  }
}

const user: StageArgument = { text: "USERS + i" };
const document: StageArgument = { text: "document, documentB", is: "apart" };
const response: StageArgument = { text: "response, responseB", is: "apart" };

function uniform(text: string): StageArgument {
  return { text, is: "uniform" };
}

/** The mask of those whose episodes go on, where others might not find the end of a loop. */
function active(made: WorldFunction): string | undefined {
  return mayGoOn(made) ? "v128.load(ACTIVE + i)" : undefined;
}

/** A block that is the same for two users. */
function splat(block: string): string {
  return `i32x4.splat(${block})`;
}
