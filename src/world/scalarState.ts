/**
 * What `solve` needs to know of a world: its users' state is one number, its documents are numbers in [0, 1], drawn uniformly and anew
 * at every step. Where a user clicks nothing, nothing is rewarded and the state stays as it is.
 */
export interface ScalarStateModel {
  /** What the state is, as in "exposure". */
  readonly stateName: string;
  /** Slots that a user looks at: the slate's size, or 1 if the first document is always the one. */
  readonly consideredSlots: number;
  /** The state before the first step is uniform in this range. */
  readonly initialStates: readonly [least: number, greatest: number];
  /** Weight of clicking a document in the choice; the choice's probabilities are proportional to the weights. */
  choiceWeight(document: number): number;
  /** Weight of clicking nothing; 0 where users always click. */
  readonly noClickWeight: number;
  /** Mean reward of a click on a document. */
  meanReward(document: number, state: number): number;
  /** Mean of the next state after a click: monotone in both arguments. */
  meanNextState(document: number, state: number): number;
  /** Standard deviation of the normal noise about that mean. */
  readonly noiseStddev: number;
  /** What agents see of state, documents and clicks. */
  readonly observed: ObservedState;
}

/** Observations, as numbers. What is observed of the user is a function of the state with normal noise. */
export interface ObservedState {
  number(user: unknown): number;
  document(doc: unknown): number;
  /** Slot that was clicked; -1 for none. */
  clickedSlot(responses: readonly unknown[]): number;
  /** Mean of what is observed in a state. */
  mean(state: number): number;
  /** Standard deviation of its noise. */
  readonly stddev: number;
}
