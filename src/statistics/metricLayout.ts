/** The names of a run's metrics, in the order in which their sums are kept. Total reward, episode length and reward come before them. */
export interface MetricLayout {
  /** One number for each user. */
  readonly values: readonly string[];
  /** Ratios of two sums over steps. */
  readonly ratios: readonly string[];
  /** A number for each step. */
  readonly series: readonly string[];
  /** Names in the order in which results show them: all of `values` and `ratios`. */
  readonly names: readonly string[];
  /** What each metric is, in that order: two runs whose declarations are equal have the same sums. */
  readonly declarations: readonly string[];
  /** Further name of the reward, if any: its total then has two names. */
  readonly rewardName: string | undefined;
}
