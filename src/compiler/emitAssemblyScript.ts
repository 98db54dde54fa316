import { drawPlanOf, type DrawPlan } from "./drawPlan.js";
import { FunctionEmitter, numberText } from "./emitFunctions.js";
import type { Field, FunctionRole, RecordType, WorldFunction, WorldProgram } from "./program.js";
import { specialise } from "./specialise.js";
import { withoutUnreadFields } from "./unreadFields.js";

/** Files of a world, beside those of the library, by their names in its folder. */
export interface WorldSources {
  readonly "world.ts": string;
  readonly "stages.ts": string;
}

/** First Philox block of each purpose: see src/worlds/custom/drawBlocks.ts. */
const BLOCKS = {
  start: "0x01000000",
  transition: "0x03000000",
  response: "0x40000000",
  document: "0x80000000",
} as const;

/** Returns a world as AssemblyScript, for the library in kernel/compiled. */
export function emitAssemblyScript(program: WorldProgram): WorldSources {
  return new WorldEmitter(program).sources();
}

/** A function of a role, with what it draws; `rows`: in rows beforehand, one after the other from `firstRow` on. */
interface Stage {
  readonly made: WorldFunction;
  readonly plan: DrawPlan | undefined;
  readonly firstRow: number;
}

class WorldEmitter {
  private readonly program: WorldProgram;
  private readonly emitter = new FunctionEmitter();
  /** Rows of draws that the stages of a step have so far. */
  private rows = 0;
  private unclickedDraws = false;

  constructor(program: WorldProgram) {
    this.program = program;
  }

  sources(): WorldSources {
    const stages = this.stages();
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
export const DRAW_ROWS: i32 = ${this.rows};
export const LOGIT: bool = ${choice.model === "multinomialLogit"};
/** u8[METRIC_VALUES]: whether a metric has a series. */
export const METRIC_SERIES: usize = memory.data<u8>([${[...seriesOf(records.Metrics), 0].join(", ")}]);
/** Whether responses to documents that are not clicked draw. */
export const UNCLICKED_DRAWS: bool = ${this.unclickedDraws};
/** The parameters, eight bytes each. */
export const PARAMETERS: usize = memory.data(${8 * Math.max(1, sizeOf(records.Parameters))}, 16);
`;
  }

  private stages(): string {
    const { records, functions } = this.program;
    const document = this.stage(withoutUnreadFields(this.program));
    const user = this.stage(functions.sampleUser);
    const respond = functions.respond;
    const clickedName = respond.parameters[2]?.name;
    const versions = [true, false].map((known) => {
      const made = { ...respond, name: known ? "respondClicked" : "respondUnclicked" };
      return this.stage(clickedName === undefined ? made : specialise(made, clickedName, known));
    });
    const [clicked, given] = versions as [Stage, Stage];
    this.unclickedDraws = given.plan?.length !== 0;
    const unclicked = this.unclickedDraws ? { ...given, plan: undefined } : given; // rows would be needed for every slot
    const transition = this.stage(functions.transition);
    const without = functions.transitionWithoutClick && this.stage(functions.transitionWithoutClick);
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

${this.emitter.text()}
${parts.join("\n")}`;
  }

  /** Rows of draws are the stage's own: some are filled before others are read. */
  private stage(made: WorldFunction): Stage {
    const plan = drawPlanOf(made);
    const firstRow = this.rows;
    this.rows += plan?.length ?? 0;
    return { made, plan, firstRow };
  }

  private sampling(user: Stage, document: Stage): string {
    const { records } = this.program;
    const record = "DOCUMENTS + <usize>index * <usize>DOCUMENT_VALUES * ROW + (lane << 3)";
    const blockOf = (position: string): string => `${BLOCKS.document} + (<u32>${position} << 16)`;
    return `${clearing("clearUser", records.User)}
${clearing("clearDocument", records.Document)}
export function sampleUsers(firstUser: u32, users: i32): void {
${rowsOf(user, BLOCKS.start, "0", "0")}
  for (let lane: usize = 0; lane < <usize>users; lane++) {
    clearUser(USERS + (lane << 3));
    ${this.call(user, ["USERS + (lane << 3)"], BLOCKS.start, "0", "firstUser + <u32>lane")}
  }
}

/** Samples the candidate at a position for all users, into the record of that index. */
export function sampleDocuments(index: i32, step: i32, firstUser: u32, users: i32): void {
${rowsOf(document, blockOf("index"), "0", "step")}
  for (let lane: usize = 0; lane < <usize>users; lane++) {
    clearDocument(${record});
    ${this.call(document, [record], blockOf("index"), "step", "firstUser + <u32>lane")}
  }
}

/** Samples a candidate for each user, whose positions are in a row, into the record of that index. */
export function sampleAtPositions(index: i32, positions: usize, step: i32, firstUser: u32, users: i32): void {
  blocksOf(${BLOCKS.document}, positions);
${rowsOf(document, "0", "BLOCKS", "step")}
  for (let lane: usize = 0; lane < <usize>users; lane++) {
    clearDocument(${record});
    ${this.call(document, [record], "load<u32>(BLOCKS + (lane << 2))", "step", "firstUser + <u32>lane")}
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
  ${this.call(clicked, responseArguments("true"), block, "step", "number")}
}

export function respondUnclicked(user: usize, document: usize, response: usize, slot: i32, step: i32, number: u32): void {
  ${this.call(unclicked, responseArguments("false"), block, "step", "number")}
}
`;
  }

  private transitions(transition: Stage, without: Stage | undefined): string {
    const none = without ? `  ${this.call(without, ["user"], BLOCKS.transition, "step", "number")}` : "";
    return `export function drawTransitions(step: i32, firstUser: u32, users: i32): void {
${rowsOf(transition, BLOCKS.transition, "0", "step")}
${without ? rowsOf(without, BLOCKS.transition, "0", "step") : ""}
}

export function transition(user: usize, document: usize, response: usize, lane: usize, step: i32, number: u32): void {
  ${this.call(transition, ["user", "document", "response"], BLOCKS.transition, "step", "number")}
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
        : `${this.emitter.name(made, "rows")}(${args.slice(0, made.parameters.length).join(", ")})`;
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

  /** Returns a call with the role's arguments, draws last; a function may leave out the last ones. */
  private call(
    { made, plan, firstRow }: Stage,
    args: readonly string[],
    block: string,
    step: string,
    user: string,
  ): string {
    const name = this.emitter.name(made, plan === undefined ? "oneByOne" : "rows");
    const draws = plan === undefined || plan.length === 0 ? "0" : `DRAWS + ${512 * firstRow} + (lane << 3)`;
    const listed = made.parameters.map(({ type }, place) => (type === "draws" ? draws : args[place]!));
    const call = `${name}(${listed.join(", ")})`;
    return plan === undefined ? `{ openDraws(${block}, ${step}, ${user}); ${call}; }` : `${call};`;
  }
}

function sizeOf(record: RecordType | undefined): number {
  return record?.size ?? 0;
}

function responseArguments(known: string): string[] {
  return ["user", "document", known, "response"];
}

/** Fills the rows of a stage: one block for each draw, from `block` on, or from that of each user in `blocks`. */
function rowsOf({ plan, firstRow }: Stage, block: string, blocks: string, step: string): string {
  return (plan ?? [])
    .map((kind, n) =>
      kind === "skipped"
        ? ""
        : `  ${kind}Row(DRAWS + ${512 * (firstRow + n)}, (${block}) + ${n}, ${blocks}, ${step}, firstUser, users);`,
    )
    .join("\n");
}

/** 1 for each metric that has a series: those of a vector have none. */
function seriesOf(record: RecordType | undefined): number[] {
  return (record?.fields ?? []).flatMap(({ type, length }) =>
    Array.from({ length }, () => (type === "vector" ? 0 : 1)),
  );
}

/** A function that gives a record its first values. */
function clearing(name: string, record: RecordType | undefined): string {
  const stores = (record?.fields ?? []).flatMap((field) => {
    const type = field.type === "f64" || field.type === "vector" ? "f64" : "i32";
    const value = numberText(field.initial, type);
    return Array.from(
      { length: field.length },
      (_, i) => `  store<${type}>(at, ${value}, ${512 * (field.offset + i)});`,
    );
  });
  return `export function ${name}(at: usize): void {\n${stores.join("\n")}\n}\n`;
}

/** Folds the numbers of a state in the order of their names: see src/worlds/custom/plainState.ts. */
function folding({ fields }: RecordType): string {
  const folds = fields
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((field) =>
      Array.from({ length: field.length }, (_, i) => `  digest = foldNumber(digest, ${loaded(field, i)});`),
    );
  return `export function foldUser(digest: u64, at: usize): u64 {\n${folds.join("\n")}\n  return digest;\n}\n`;
}

/** Statements that turn the integers and truth values of metrics into the numbers that are added up. */
function asNumbers(record: RecordType | undefined): string {
  const others = (record?.fields ?? []).filter(({ type }) => type === "i32" || type === "bool");
  return others
    .map((field) => `  store<f64>(measured, ${loaded(field, 0, "measured")}, ${512 * field.offset});`)
    .join("\n");
}

function loaded({ type, offset }: Field, i: number, record = "at"): string {
  const at = `(${record}, ${512 * (offset + i)})`;
  return type === "f64" || type === "vector" ? `load<f64>${at}` : `<f64>load<i32>${at}`;
}
