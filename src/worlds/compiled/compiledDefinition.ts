import { expectedMistake } from "../../check/mistakes.js";
import { refuse } from "../../check/refuse.js";
import { LIBRARY } from "../../compiler/library.js";
import { metricNames } from "../../compiler/metricNames.js";
import type { Field, RecordType } from "../../compiler/program.js";
import type { Space } from "../../spaces/space.js";
import { spaces } from "../../spaces/spaces.js";
import { metrics as kinds } from "../../world/metricKinds.js";
import type { Metric, MetricStep } from "../../world/metrics.js";
import type { WorldDefinition } from "../custom/definition.js";
import { choiceOf } from "./compiledChoice.js";
import type { CompiledProgram, WorldFunctions, WorldRecord } from "./compiledProgram.js";

type Parameters = Readonly<Record<string, number | boolean>>;
type Definition = WorldDefinition<
  WorldRecord,
  WorldRecord,
  WorldRecord,
  WorldRecord,
  WorldRecord,
  Readonly<Record<string, Metric<never>>>
>;

/** What a compiled world can be made with beside its parameters. */
export interface WorldShape {
  readonly slateSize: number;
  readonly numCandidates: number;
}

/** Returns the definition of a world of that file: its functions in TypeScript. */
export function compiledDefinition(program: CompiledProgram, parameters: Parameters, shape: WorldShape): Definition {
  const { name, timeBudget, resample, records, choice } = program;
  const functions = program.functions(LIBRARY, parameters);
  const { isTerminal, rank, observeDocument, observeUser } = functions;
  return {
    name,
    ...shape,
    ...(timeBudget !== null && { timeBudget }),
    resample,
    parameters,
    documents: {
      space: spaceOf(records.DocumentObservation ?? records.Document),
      sample: (draws) =>
        numeric(
          records.Document,
          filled(functions.Document(), (document) => functions.sampleDocument(document, draws)),
        ),
      ...(observeDocument && {
        observe: (document) =>
          numeric(
            records.DocumentObservation!,
            filled(functions.DocumentObservation!(), (made) => observeDocument(document, made)),
          ),
      }),
      ...(rank && { rank }),
    },
    users: {
      space: observeUser ? spaceOf(records.UserObservation!) : new spaces.Dict({}),
      sample: (draws) =>
        stateOf(
          records.User,
          filled(functions.User(), (user) => functions.sampleUser(user, draws)),
        ),
      observe: (state, draws) =>
        observeUser
          ? numeric(
              records.UserObservation!,
              filled(functions.UserObservation!(), (made) => observeUser(state, made, draws)),
            )
          : {},
      scoreDocument: (state, document) => functions.score(state, document),
      transition: (state, { clicked }, draws) =>
        stateOf(
          records.User,
          filled(functions.copyUser(state), (user) => {
            if (clicked) functions.transition(user, clicked.document, clicked.response, draws);
            else functions.transitionWithoutClick?.(user, draws);
          }),
        ),
      ...(isTerminal && { isTerminal: (state) => Boolean(isTerminal(state)) }),
    },
    choice: choiceOf(choice, parameters),
    responses: {
      space: spaceOf(records.Response),
      respond: (state, document, isClicked, draws) =>
        numeric(
          records.Response,
          filled(functions.Response(), (made) => functions.respond(state, document, isClicked, made, draws)),
        ),
    },
    reward: (responses) => {
      let sum = 0;
      for (const response of responses) sum += functions.reward(response);
      return sum;
    },
    metrics: metricsOf(records.Metrics, functions),
  } as Definition;
}

function filled(record: WorldRecord, fill: (record: WorldRecord) => void): WorldRecord {
  fill(record);
  return record;
}

/** Truth values are 0 and 1, like those of all spaces: in a state, too, so that a row of a trajectory has one form of them. */
function numeric({ fields }: RecordType, record: WorldRecord): WorldRecord {
  for (const { name, type } of fields) if (type === "bool") record[name] = Number(record[name]);
  return record;
}

/** Engines differ in the bits of numbers that are no numbers, so a state has none. */
function stateOf(record: RecordType, filledState: WorldRecord): WorldRecord {
  const state = numeric(record, filledState);
  for (const { name } of record.fields) {
    const value = state[name];
    const isFinite = Array.isArray(value) ? value.every((each) => Number.isFinite(each)) : Number.isFinite(value);
    if (!isFinite) refuse([expectedMistake(`User.${name}`, "finite numbers", value)]);
  }
  return state;
}

function spaceOf({ fields }: RecordType): Space<WorldRecord> {
  return new spaces.Dict(Object.fromEntries(fields.map((field) => [field.name, fieldSpace(field)]))) as never;
}

function fieldSpace({ type, length }: Field): Space<unknown> {
  if (type === "vector") return new spaces.Box({ low: -Infinity, high: Infinity, shape: [length] });
  if (type === "bool") return new spaces.Discrete(2) as Space<unknown>;
  if (type === "i32") return new spaces.Box({ low: -(2 ** 31), high: 2 ** 31 - 1, integer: true });
  return new spaces.Box({ low: -Infinity, high: Infinity });
}

/** Each number of the class `Metrics` is summed over an episode. */
function metricsOf(record: RecordType | undefined, functions: WorldFunctions): Readonly<Record<string, Metric<never>>> {
  let last: MetricStep | undefined;
  let numbers: readonly number[] = [];
  const measured = (step: MetricStep): readonly number[] => {
    if (step !== last) numbers = numbersOf(measure(functions, step));
    last = step;
    return numbers;
  };
  const table = metricNames(record).map(({ name, series }, place) => {
    return [name, kinds.sum((step: MetricStep) => measured(step)[place]!, { series })] as const;
  });
  return Object.fromEntries(table) as Readonly<Record<string, Metric<never>>>;
}

function measure(functions: WorldFunctions, { state, slate, responses, choice }: MetricStep): WorldRecord {
  const isClick = choice < slate.length;
  const slot = isClick ? choice : 0;
  return filled(functions.Metrics!(), (made) =>
    functions.measure!(state as WorldRecord, slate[slot] as WorldRecord, responses[slot] as WorldRecord, isClick, made),
  );
}

function numbersOf(record: WorldRecord): number[] {
  return Object.values(record).flatMap((value) => (Array.isArray(value) ? value : [Number(value)]));
}
