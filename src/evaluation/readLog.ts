import { isArray } from "../check/lists.js";
import { expectedMistake, numberMistake, objectMistake, unknownFieldMistakes } from "../check/mistakes.js";
import { listOnce, readOnce } from "../check/readOnce.js";
import { refuse } from "../check/refuse.js";
import { SLOT_FIELDS, type EpisodeLog, type LoggedEpisode, type LoggedStep, type SlotField } from "./log.js";

const LOG_FIELDS = ["policy", "episodes"];
const EPISODE_FIELDS = ["user", "steps"];
const STEP_FIELDS = ["context", "slate", "propensity", "reward", ...SLOT_FIELDS];
const PROBABILITY = { min: 0, minExcluded: true, max: 1 };
const FINITE = {};
/** Probabilities and rewards that should be equal may differ by as much, relative to the larger. */
const CLOSE = 1e-9;

/** Reads a log once and validates it. Throws `InvalidInput` with every error at once; `needed` are fields that every step must have. */
export function readLog(given: EpisodeLog, needed: readonly SlotField[]): EpisodeLog {
  const log = readOnce("log", given, LOG_FIELDS);
  refuse([objectMistake("log", log)]);
  const episodes = listOnce("log.episodes", log.episodes);
  refuse([
    ...unknownFieldMistakes("field of a log", log, LOG_FIELDS),
    typeof log.policy === "string" && log.policy !== ""
      ? undefined
      : expectedMistake("log.policy", "a text that is not empty", log.policy),
    isArray(episodes) && episodes.length > 0
      ? undefined
      : expectedMistake("log.episodes", "a list of at least one episode", episodes),
  ]);
  const read = episodes.map((episode, index) => episodeOnce(`episodes[${index}]`, episode));
  refuse(read.flatMap((episode, index) => episodeMistakes(`episodes[${index}]`, episode, needed)));
  return { policy: log.policy, episodes: read };
}

/** Returns whether two numbers are equal but for rounding. */
export function isClose(one: number, other: number): boolean {
  return Math.abs(one - other) <= CLOSE * Math.max(Math.abs(one), Math.abs(other));
}

function episodeOnce(place: string, given: LoggedEpisode): LoggedEpisode {
  const episode = readOnce(place, given, EPISODE_FIELDS);
  if (objectMistake(place, episode) !== undefined) return episode;
  const steps = listOnce(`${place}.steps`, episode.steps);
  if (!isArray(steps)) return { ...episode, steps };
  return { ...episode, steps: steps.map((step, index) => stepOnce(`${place}.steps[${index}]`, step)) };
}

function stepOnce(place: string, given: LoggedStep): LoggedStep {
  const step = readOnce(place, given, STEP_FIELDS);
  if (objectMistake(place, step) !== undefined) return step;
  const present = (["slate", ...SLOT_FIELDS] as const).filter((field) => step[field] !== undefined);
  const lists = present.map((field) => [field, listOnce(`${place}.${field}`, step[field])]);
  return { ...step, ...Object.fromEntries(lists) };
}

function episodeMistakes(place: string, episode: LoggedEpisode, needed: readonly SlotField[]): (string | undefined)[] {
  const noObject = objectMistake(place, episode);
  if (noObject !== undefined) return [noObject];
  const { user, steps } = episode;
  return [
    ...unknownFieldMistakes(`field of ${place}`, episode, EPISODE_FIELDS),
    numberMistake(`${place}.user`, user, { min: 0, max: 2 ** 32 - 1, integer: true }),
    ...(isArray(steps)
      ? steps.flatMap((step, index) => stepMistakes(`${place}.steps[${index}]`, step, needed))
      : [expectedMistake(`${place}.steps`, "a list of steps", steps)]),
  ];
}

function stepMistakes(place: string, step: LoggedStep, needed: readonly SlotField[]): (string | undefined)[] {
  const noObject = objectMistake(place, step);
  if (noObject !== undefined) return [noObject];
  const { slate, propensity, reward } = step;
  const own = [
    ...unknownFieldMistakes(`field of ${place}`, step, STEP_FIELDS),
    numberMistake(`${place}.propensity`, propensity, PROBABILITY),
    numberMistake(`${place}.reward`, reward, FINITE),
  ];
  if (!isArray(slate) || slate.length === 0) {
    return [...own, expectedMistake(`${place}.slate`, "a list of at least one position", slate)];
  }
  const positions = slate.map((position, slot) =>
    numberMistake(`${place}.slate[${slot}]`, position, { min: 0, max: 2 ** 32 - 1, integer: true }),
  );
  const slots = SLOT_FIELDS.flatMap((field) => slotFieldMistakes(place, step, field, needed.includes(field)));
  return [...own, ...positions, ...slots];
}

function slotFieldMistakes(place: string, step: LoggedStep, field: SlotField, isNeeded: boolean): string[] {
  const list = step[field];
  if (list === undefined && !isNeeded) return [];
  const name = `${place}.${field}`;
  const { length } = step.slate;
  if (!isArray(list) || list.length !== length) {
    return [expectedMistake(name, `a list of ${length} numbers, one for each slot`, list)];
  }
  const rule = field === "slotRewards" ? FINITE : PROBABILITY;
  const wrong = list.map((number, slot) => numberMistake(`${name}[${slot}]`, number, rule));
  const mistakes = wrong.filter((mistake) => mistake !== undefined);
  return mistakes.length > 0 ? mistakes : totalMistakes(name, step, field, list);
}

/** Returns an error for rewards of slots that are not the step's in all, and for a last prefix that is not the slate. */
function totalMistakes(name: string, step: LoggedStep, field: SlotField, list: readonly number[]): string[] {
  if (field === "slotRewards") {
    const sum = list.reduce((total, reward) => total + reward, 0);
    const size = list.reduce((total, reward) => total + Math.abs(reward), 0);
    const equal = Math.abs(sum - step.reward) <= CLOSE * size;
    return equal ? [] : [expectedMistake(name, `numbers whose sum is the reward, ${step.reward}`, list)];
  }
  if (field === "slotPropensities" || isClose(list.at(-1)!, step.propensity)) return [];
  return [expectedMistake(name, `the propensity, ${step.propensity}, as the last number`, list)];
}
