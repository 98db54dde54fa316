import type { LtsBatchObservation } from "../worlds/longTermSatisfaction/kernel/kernelBatch.js";
import { laneRows, showLane } from "../worlds/longTermSatisfaction/batchObservation.js";
import type { CorpusDocument } from "../worlds/longTermSatisfaction/parameters.js";
import type { LtsResponse, LtsUser } from "../worlds/longTermSatisfaction/shownLife.js";
import type { LongTermSatisfactionWorld } from "../worlds/longTermSatisfaction/world.js";
import type { Led, SlateSource } from "../engines/episodeEngine.js";
import { isAgentPolicy, isBatchPolicy, type LtsRunPolicy } from "../policies/runPolicy.js";
import { agentSource, builtInSource, shownSource } from "../policies/slateSources.js";

export type LtsLed = Led<LtsUser, CorpusDocument, LtsResponse>;
export type LtsSource = SlateSource<LtsUser, CorpusDocument, LtsResponse>;

/** Whoever fills the slates of the long-term satisfaction world, for users that are led one by one. */
export function ltsSource(world: LongTermSatisfactionWorld, policy: LtsRunPolicy, seed: string): LtsSource {
  if (isBatchPolicy(policy)) return shownSource(world, policy, seed, (users) => rowsOf(world, users));
  if (isAgentPolicy(policy)) return agentSource(world, policy, seed);
  return builtInSource(world.slateSize, policy, seed, educativenessFor);
}

function educativenessFor({ episode: { documents } }: LtsLed): readonly number[] {
  return (documents as readonly CorpusDocument[]).map(({ educativeness }) => educativeness);
}

/** What a batch policy is shown of them: the same rows that a kernel's batch has. */
function rowsOf(world: LongTermSatisfactionWorld, users: readonly LtsLed[]): LtsBatchObservation {
  const rows = laneRows(world, users.length);
  users.forEach(({ episode, reward, responses }, lane) => {
    const clicked = responses === null ? -1 : responses.findIndex(({ click }) => click === 1);
    const choice = responses !== null && clicked < 0 ? world.slateSize : clicked;
    showLane(rows, lane, episode, choice, reward);
  });
  return rows;
}
