// RecSim's interest evolution and interest exploration, recorded, through the functions of the world files: the recorded uniforms stand in
// the place of draws. The state is carried along, so errors would add up.
import { describe, expect, test } from "vitest";
import { chooseByInverseCdf } from "../../src/choice/multinomialLogit.js";
import { LIBRARY } from "../../src/compiler/library.js";
import { interestEvolution, interestExploration, type World } from "../../src/index.js";
import type { Draws } from "../../src/random/draws.js";
import type { ChoiceModel } from "../../src/choice/choiceModel.js";
import { compiledDefinition } from "../../src/worlds/compiled/compiledDefinition.js";
import type { CompiledProgram, WorldFunctions, WorldRecord } from "../../src/worlds/compiled/compiledProgram.js";
import { program as evolutionProgram } from "../../src/worlds/interest/interestEvolutionProgram.js";
import { program as explorationProgram } from "../../src/worlds/interest/interestExplorationProgram.js";
import { expectAllRecorded, expectFields, expectRecorded } from "../support/agreement.js";
import { readOracle } from "../support/oracle.js";

interface RecordedCandidates {
  readonly cluster_id: readonly number[];
  readonly quality: readonly number[];
  readonly video_length?: readonly number[];
}

interface RecordedStep {
  readonly slate: readonly number[];
  readonly u_choice: number;
  readonly choice_probs: readonly number[];
  readonly chosen: number | null;
  /** Which way the interest of a user moved; only of interest evolution, and null without a click. */
  readonly u_flip?: number | null;
  readonly user_interests?: readonly number[];
  readonly time_budget?: number;
  readonly reward: number;
  readonly done: boolean;
  readonly response: readonly (readonly number[])[];
  /** Those shown after the step; absent where they stay. */
  readonly candidates?: RecordedCandidates;
}

interface RecordedEpisode {
  readonly id: string;
  readonly slate_size: number;
  readonly num_candidates: number;
  readonly no_click_mass?: number;
  readonly initial: {
    readonly user_interests?: readonly number[];
    readonly time_budget?: number;
    readonly topic_affinity?: readonly number[];
    readonly candidates: RecordedCandidates;
  };
  readonly steps: readonly RecordedStep[];
}

type Recording = { readonly episodes: readonly RecordedEpisode[] };

const evolution = readOracle<Recording>({ episodes: 1 }, "interest-evolution-traces");
const exploration = readOracle<Recording>({ episodes: 1 }, "interest-exploration-traces");

test("as many steps are recorded as were taken", () => {
  const [grown, explored] = [evolution, exploration].map(({ episodes }) => episodes.flatMap(({ steps }) => steps));
  expectFields(grown!, { choice_probs: 60, user_interests: 60, u_flip: 20 });
  expectFields(explored!, { choice_probs: 40, chosen: 8 });
});

/** The recorded uniform, once. */
function onlyDraw(uniform: number | null | undefined): Draws {
  let left = uniform ?? undefined;
  const next = (): number => {
    if (left === undefined) throw new Error("expected no more draws than were recorded");
    const value = left;
    left = undefined;
    return value;
  };
  return { uniform: next } as Partial<Draws> as Draws;
}

function documentsOf({ cluster_id: clusters, quality, video_length: minutes }: RecordedCandidates): WorldRecord[] {
  if (minutes) expect(new Set(minutes).size, "lengths of videos").toBe(1);
  return clusters.map((clusterId, i) => ({ clusterId, quality: quality[i]! }));
}

/** A recorded world: its program, the world of an episode, the user at its start, and how its responses are recorded. */
interface Replayed {
  readonly program: CompiledProgram;
  readonly worldOf: (episode: RecordedEpisode) => World;
  readonly start: (episode: RecordedEpisode) => WorldRecord;
  readonly recorded: (response: WorldRecord) => number[];
  readonly episodes: readonly RecordedEpisode[];
}

const replayed: Readonly<Record<string, Replayed>> = {
  "interest evolution": {
    program: evolutionProgram,
    worldOf: ({ initial, no_click_mass: noClickMass = 1 }) => {
      const videoMinutes = initial.candidates.video_length?.[0] ?? 4;
      return interestEvolution({ parameters: { noClickMass, videoMinutes, budgetMinutes: initial.time_budget! } });
    },
    start: ({ initial }) => ({ interests: [...initial.user_interests!], minutesLeft: initial.time_budget! }),
    recorded: ({ click, watchedMinutes, quality, clusterId }) =>
      [click, watchedMinutes, 0, quality, clusterId].map(Number),
    episodes: evolution.episodes,
  },
  "interest exploration": {
    program: explorationProgram,
    worldOf: ({ no_click_mass: noClickLogit = 5 }) => interestExploration({ parameters: { noClickLogit } }),
    start: ({ initial }) => ({ affinity: [...initial.topic_affinity!] }),
    recorded: ({ click, quality, clusterId }) => [click, quality, clusterId].map(Number),
    episodes: exploration.episodes,
  },
};

/** The functions of an episode's world. */
interface Played {
  readonly functions: WorldFunctions;
  readonly choice: ChoiceModel;
  readonly recorded: Replayed["recorded"];
}

/** Expects one step to be the recorded one, and changes the user as it did. */
function replay(
  { functions, choice, recorded }: Played,
  user: WorldRecord,
  slate: readonly WorldRecord[],
  step: RecordedStep,
  what: string,
): void {
  const scores = slate.map((document) => functions.score(user, document));
  expectAllRecorded(choice.probabilities(scores), step.choice_probs, `${what}: probabilities`);
  const chosen = chooseByInverseCdf(choice.weights(scores), step.u_choice);
  expect(chosen, `${what}: slot chosen`).toBe(step.chosen ?? slate.length);
  const responses = slate.map((document, slot) => {
    const response = functions.Response();
    functions.respond(user, document, slot === chosen, response, onlyDraw(undefined));
    expectAllRecorded(recorded(response), step.response[slot]!, `${what}: response of slot ${slot}`);
    return response;
  });
  const reward = responses.reduce((sum, response) => sum + functions.reward(response), 0);
  expectRecorded(reward, step.reward, `${what}: reward`);
  if (chosen < slate.length) functions.transition(user, slate[chosen]!, responses[chosen]!, onlyDraw(step.u_flip));
  else functions.transitionWithoutClick?.(user, onlyDraw(undefined));
  if (step.user_interests) expectAllRecorded(user["interests"] as number[], step.user_interests, `${what}: interests`);
  if (step.time_budget !== undefined)
    expectRecorded(user["minutesLeft"] as number, step.time_budget, `${what}: minutes`);
  expect(functions.isTerminal?.(user) ?? false, `${what}: whether it ends`).toBe(step.done);
}

describe.each(Object.entries(replayed))("%s, recorded", (_name, { program, worldOf, start, recorded, episodes }) => {
  test.each(episodes)("episode $id", (episode) => {
    const world = worldOf(episode);
    const parameters = world.parameters as Readonly<Record<string, number | boolean>>;
    const { choice } = compiledDefinition(program, parameters, world);
    const played = { functions: program.functions(LIBRARY, parameters), choice, recorded };
    const user = start(episode);
    let candidates = documentsOf(episode.initial.candidates);
    for (const [index, step] of episode.steps.entries()) {
      const slate = step.slate.map((position) => candidates[position]!);
      replay(played, user, slate, step, `${episode.id}, step ${index}`);
      if (step.candidates) candidates = documentsOf(step.candidates);
    }
  });
});
