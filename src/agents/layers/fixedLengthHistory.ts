import { expectedMistake, numberMistake } from "../../check/mistakes.js";
import { readOnce } from "../../check/readOnce.js";
import { refuse } from "../../check/refuse.js";
import type { Observation } from "../../spaces/observation.js";
import { Dict, Tuple } from "../../spaces/records.js";
import { Nullable } from "../../spaces/sequence.js";
import { observedCopy } from "../../spaces/observedCopy.js";
import type { AgentSpaces, CreateAgent, CreateInnerAgent } from "../agent.js";
import { observationParts } from "../observationParts.js";
import {
  LAYER_OPTIONS,
  layerMistakes,
  sufficientStatistics,
  type Memory,
  type StatisticsDefinition,
} from "./sufficientStatistics.js";

/** Options of a history: the parts of observations to remember, and the agent that receives them. */
export interface FixedLengthHistoryOptions {
  /** The agent below. */
  readonly agent: CreateInnerAgent;
  /** How many observations are remembered, the current one among them: an integer in [1, 10000]. */
  readonly historyLength: number;
  /** Whether the user as observed is remembered. Default: true. */
  readonly rememberUser?: boolean;
  /** Whether the responses are remembered. Default: true. */
  readonly rememberResponse?: boolean;
  /** Whether the candidates are remembered. Default: false. */
  readonly rememberDoc?: boolean;
  /** How long is remembered: within an episode, or from user to user. Default: "episode". */
  readonly memory?: Memory;
}

/** The parts of one observation that are remembered; null before the first observation. */
type Remembered = Partial<Record<PartName, unknown>> | null;
type PartName = "user" | "response" | "doc";

/** Hands the last observations on, the newest first and nulls before the first (RecSim's FixedLengthHistoryLayer). */
export function fixedLengthHistory(options: FixedLengthHistoryOptions): CreateAgent {
  const given = readOnce("options", options, [...LAYER_OPTIONS, "historyLength", ...REMEMBER]);
  refuse(optionMistakes(given));
  const { agent, memory = "episode" } = given;
  return sufficientStatistics({ agent, memory, statistics: (spaces) => history(spaces, given) });
}

function history(
  spaces: AgentSpaces,
  { historyLength, rememberUser = true, rememberResponse = true, rememberDoc = false }: FixedLengthHistoryOptions,
): StatisticsDefinition<readonly Remembered[]> {
  const wanted = { user: rememberUser, response: rememberResponse, doc: rememberDoc };
  const names = (Object.keys(wanted) as PartName[]).filter((name) => wanted[name]);
  const parts = observationParts(spaces);
  const one = new Nullable(new Dict(Object.fromEntries(names.map((name) => [name, parts[name]]))));
  return {
    name: "fixedLengthHistory",
    settings: { historyLength, remember: names },
    space: new Tuple(Array.from({ length: historyLength }, () => one)),
    initial: Array.from({ length: historyLength }, () => null),
    update: (remembered, observation) => [pick(observation, names), ...remembered].slice(0, historyLength),
  };
}

function pick(observation: Observation, names: readonly PartName[]): Remembered {
  return Object.fromEntries(names.map((name) => [name, observedCopy(observation[name], `observation.${name}`)])); // because other code reads it, too
}

const REMEMBER = ["rememberUser", "rememberResponse", "rememberDoc"] as const;

function optionMistakes(options: FixedLengthHistoryOptions): (string | undefined)[] {
  return [
    ...layerMistakes("fixedLengthHistory", options, ["historyLength", ...REMEMBER]),
    numberMistake("historyLength", options?.historyLength, { min: 1, max: 10_000, integer: true }),
    ...REMEMBER.map((name) => {
      const value: unknown = options?.[name] ?? true;
      return typeof value === "boolean" ? undefined : expectedMistake(name, "true or false", value);
    }),
  ];
}
