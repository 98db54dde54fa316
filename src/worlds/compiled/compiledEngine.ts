import { episodeEngine } from "../../engines/episodeEngine.js";
import { CIRCLE, LOGS, POWERS, WEIGHTS } from "../../numeric/tables.js";
import { countFromTop } from "../../policies/policies.js";
import { slateFiller } from "../../policies/slateFiller.js";
import { BlockTally } from "../../statistics/blockTally.js";
import { TILE_USERS } from "../../statistics/blocks.js";
import type { BlockEngine, EngineOptions } from "../../world/blockEngine.js";
import { RULES, type BuiltInPolicy } from "../../world/policy.js";
import type { World } from "../../world/world.js";
import type { WorldTypes } from "../../world/worldTypes.js";
import { choiceNumber, metricNames } from "./compiledDefinition.js";
import type { CompiledProgram } from "./compiledProgram.js";

/** Exports of kernel/compiled/index.ts; pointers are byte offsets into `memory`. */
export interface CompiledExports {
  readonly memory: WebAssembly.Memory;
  setKey(key0: number, key1: number): void;
  prepare(
    slateSize: number,
    numCandidates: number,
    steps: number,
    timeBudget: number,
    policy: number,
    fromTop: number,
    minNormalizer: number,
    noClick: number,
  ): void;
  simulate(firstUser: number, users: number): number;
  tablesPointer(): number;
  parametersPointer(): number;
  rewardsPointer(): number;
  choicesPointer(): number;
  metricsPointer(): number;
  lengthsPointer(): number;
  digestsPointer(): number;
}

/** Simulates blocks of a compiled world in WebAssembly under a built-in policy; what happened is added up here, as the reference does. */
export function compiledEngine<T extends WorldTypes>(
  kernel: CompiledExports,
  program: CompiledProgram,
  world: World<T>,
  policy: BuiltInPolicy,
  options: EngineOptions,
): BlockEngine {
  enterWorld(kernel, program, world, policy, options);
  const block = new CompiledBlock(kernel, program, world, options);
  return {
    tileUsers: TILE_USERS,
    begin: () => block.begin(),
    simulate: (firstUser, users) => {
      if (kernel.simulate(firstUser, users) === 0) return block.add(users);
      // Something that only the reference can name: it throws where the kernel stopped.
      const reference = episodeEngine(world, slateFiller(world, policy, options.seed), options);
      reference.begin();
      reference.simulate(firstUser, users);
      throw new Error(`the kernel of "${program.name}" fails where its reference does not: users from ${firstUser} on`);
    },
    sums: () => block.sums(),
  };
}

function enterWorld<T extends WorldTypes>(
  kernel: CompiledExports,
  { choice, records }: CompiledProgram,
  { slateSize, numCandidates, timeBudget, parameters }: World<T>,
  policy: BuiltInPolicy,
  { key, steps }: EngineOptions,
): void {
  const given = parameters as Readonly<Record<string, number | boolean>>;
  const [minNormalizer, noClick] =
    choice.model === "multinomialLogit"
      ? [0, choiceNumber(choice.noClickLogit, given)]
      : [choiceNumber(choice.minNormalizer, given), choiceNumber(choice.noClickMass, given)];
  const fromTop = countFromTop(policy, slateSize);
  const budget = Math.min(steps, timeBudget);
  kernel.prepare(slateSize, numCandidates, steps, budget, RULES.indexOf(policy.rule), fromTop, minNormalizer, noClick);
  kernel.setKey(key.key0, key.key1);
  const view = new DataView(kernel.memory.buffer);
  const tables = [...POWERS, ...WEIGHTS, ...CIRCLE, ...LOGS];
  tables.forEach((value, place) => view.setFloat64(kernel.tablesPointer() + 8 * place, value, true));
  for (const { name, type, offset } of records.Parameters?.fields ?? []) {
    const at = kernel.parametersPointer() + 8 * offset;
    if (type === "f64") view.setFloat64(at, Number(given[name]), true);
    else view.setInt32(at, Number(given[name]), true);
  }
}

/** The sums of a block, from rows that the kernel writes. */
class CompiledBlock<T extends WorldTypes> {
  private readonly kernel: CompiledExports;
  private readonly metrics;
  private readonly options: EngineOptions;
  private readonly slateSize: number;
  private tally: BlockTally;

  constructor(kernel: CompiledExports, { records }: CompiledProgram, { slateSize }: World<T>, options: EngineOptions) {
    this.kernel = kernel;
    this.options = options;
    this.slateSize = slateSize;
    this.metrics = metricNames(records.Metrics);
    this.tally = this.newTally();
  }

  begin(): void {
    this.tally = this.newTally();
  }

  /** Adds the tile that was simulated last. */
  add(users: number): void {
    const { kernel, tally } = this;
    const { buffer } = kernel.memory;
    const { steps } = this.options;
    const rewards = new Float64Array(buffer, kernel.rewardsPointer(), steps * TILE_USERS);
    const choices = new Int32Array(buffer, kernel.choicesPointer(), steps * TILE_USERS);
    const lengths = new Int32Array(buffer, kernel.lengthsPointer(), TILE_USERS);
    const digests = new BigUint64Array(buffer, kernel.digestsPointer(), TILE_USERS);
    const places = Array.from({ length: users }, () => tally.openUser());
    const longest = lengths.subarray(0, users).reduce((most, length) => Math.max(most, length), 0);
    for (let step = 0; step < longest; step++) {
      for (let lane = 0; lane < users; lane++) {
        const at = step * TILE_USERS + lane;
        if (step < lengths[lane]!) tally.addStep(places[lane]!, step, choices[at]!, rewards[at]!);
      }
    }
    for (let lane = 0; lane < users; lane++)
      tally.closeUser(places[lane]!, this.addMetrics(lane, places[lane]!, lengths[lane]!), digests[lane]!);
  }

  sums() {
    return this.tally.sums();
  }

  /** Adds one user's metrics to the series, and returns their sums. */
  private addMetrics(lane: number, place: number, length: number): number[] {
    const { kernel, metrics, tally } = this;
    if (metrics.length === 0) return [];
    const { steps, weights } = this.options;
    const row = metrics.length * TILE_USERS;
    const numbers = new Float64Array(kernel.memory.buffer, kernel.metricsPointer(), steps * row);
    let column = 0;
    return metrics.map(({ series }, metric) => {
      if (series) column += 1;
      let sum = 0;
      for (let step = 0; step < length; step++) {
        const number = numbers[step * row + metric * TILE_USERS + lane]!;
        if (series) tally.addToSeries(place, step, column, number);
        if (step >= weights.warmUp) sum += number;
      }
      return sum;
    });
  }

  private newTally(): BlockTally {
    const { layout, steps, estimator, weights } = this.options;
    return new BlockTally({ layout, slateSize: this.slateSize, steps, estimator, weights, lanes: 1 });
  }
}
