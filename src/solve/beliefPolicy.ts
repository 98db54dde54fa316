import { expectedMistake } from "../check/mistakes.js";
import { refuse } from "../check/refuse.js";
import { agentPolicy } from "../policies/agentPolicy.js";
import { BestSlates } from "../policies/selectBest.js";
import { policies } from "../policies/policies.js";
import { selectSlate } from "../policies/selectSlate.js";
import { POLICY_STREAM, WordSource } from "../random/address.js";
import type { AgentPolicy, EpisodicAgent } from "../world/policy.js";
import type { ScalarStateModel } from "../world/scalarState.js";
import { planOf } from "../world/slatePlan.js";
import type { ObservationOf, WorldTypes } from "../world/worldTypes.js";
import { afterClick, afterObservation, firstBelief, type Belief } from "./beliefFilter.js";
import { modelOf } from "./models.js";
import type { Solution } from "./solution.js";

/**
 * The policy that fills the best slates of a solution for the state that it believes a user to be in: it sees what agents see, noisy
 * observations and clicks, and keeps the mean of a Gaussian filter. In the world of the solution, for at most its steps. Throws
 * `InvalidInput` for anything but a solution of this process.
 */
export function beliefPolicy<T extends WorldTypes>(solution: Solution<T>): AgentPolicy<T> {
  const [plan, model] = [planOf(solution), modelOf(solution)];
  if (plan === undefined || model === undefined) {
    refuse([expectedMistake("solution", "one that `solve` returned in this process", solution)]);
  }
  return agentPolicy<T>("belief", ({ actionSpace: { slateSize } }) => {
    return new BelievingAgent(new BestSlates(plan!, model!, slateSize), model!, slateSize);
  });
}

const noWords = new WordSource({ key0: 0, key1: 0 }, POLICY_STREAM, 0); // a mix draws nothing

class BelievingAgent<T extends WorldTypes> implements EpisodicAgent<ObservationOf<T>> {
  private readonly best: BestSlates;
  private readonly model: ScalarStateModel;
  private readonly slateSize: number;
  private belief: Belief;
  /** Steps taken. */
  private time = 0;
  /** Documents of the last slate. */
  private slate: readonly number[] = [];

  constructor(best: BestSlates, model: ScalarStateModel, slateSize: number) {
    this.best = best;
    this.model = model;
    this.slateSize = slateSize;
    this.belief = firstBelief(model);
  }

  beginEpisode(observation: ObservationOf<T>): readonly number[] {
    this.time = 0;
    this.belief = firstBelief(this.model);
    return this.fill(observation);
  }

  step(_reward: number, observation: ObservationOf<T>): readonly number[] {
    const slot = this.model.observed.clickedSlot(observation.response!);
    if (slot >= 0) this.belief = afterClick(this.belief, this.slate[slot]!, this.model);
    this.time += 1;
    return this.fill(observation);
  }

  endEpisode(): void {}

  private fill({ user, doc }: ObservationOf<T>): readonly number[] {
    const { observed } = this.model;
    this.belief = afterObservation(this.belief, observed.number(user), observed);
    const documents = doc.map((each) => observed.document(each));
    const { mean } = this.belief;
    const mix = this.best.mixAt(this.time, mean);
    const slate =
      mix === undefined
        ? this.best.select(documents, mean, this.time)
        : selectSlate(policies.mix(mix), documents, this.slateSize, noWords, this.time);
    this.slate = slate.map((position) => documents[position]!);
    return slate;
  }
}
