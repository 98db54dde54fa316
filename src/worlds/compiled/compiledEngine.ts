import { metricNames } from "../../compiler/metricNames.js";
import { episodeEngine } from "../../engines/episodeEngine.js";
import { CIRCLE, LOGS, POWERS, WEIGHTS } from "../../numeric/tables.js";
import { countFromTop } from "../../policies/policies.js";
import { slateFiller } from "../../policies/slateFiller.js";
import { uint64 } from "../../numeric/uint64.js";
import { addValue, noValues, SERIES_SUMS, type BlockSums, type ValueSums } from "../../statistics/blockSums.js";
import { TILE_USERS, type UserRange } from "../../statistics/blocks.js";
import type { BlockEngine, EngineOptions } from "../../world/blockEngine.js";
import { RULES, type BuiltInPolicy } from "../../world/policy.js";
import type { World } from "../../world/world.js";
import type { WorldTypes } from "../../world/worldTypes.js";
import { choiceNumbers } from "./compiledChoice.js";
import type { CompiledProgram } from "./compiledProgram.js";
import { kernelOrder } from "./kernelOrder.js";

/** Exports of kernel/compiled/index.ts; pointers are byte offsets into `memory`. */
export interface CompiledExports {
  readonly memory: WebAssembly.Memory;
  setKey(key0: number, key1: number): void;
  prepare(
    slateSize: number,
    numCandidates: number,
    steps: number,
    timeBudget: number,
    warmUp: number,
    policy: number,
    fromTop: number,
    order: number,
    orderField: number,
    choice0: number,
    choice1: number,
    choice2: number,
  ): void;
  beginBlock(): void;
  simulate(firstUser: number, users: number): number;
  tablesPointer(): number;
  parametersPointer(): number;
  weightsPointer(): number;
  seriesPointer(): number;
  takenPointer(): number;
  pickedPointer(): number;
  totalsPointer(): number;
  metricsPointer(): number;
  lengthsPointer(): number;
  digestsPointer(): number;
}

/** Simulates blocks of a compiled world in WebAssembly under a built-in policy. */
export function compiledEngine<T extends WorldTypes>(
  kernel: CompiledExports,
  program: CompiledProgram,
  world: World<T>,
  policy: BuiltInPolicy,
  options: EngineOptions,
): BlockEngine {
  enterWorld(kernel, program, world, policy, options);
  const block = new CompiledBlock(kernel, program, world, options);
  let tiles: UserRange[] = [];
  let reference: BlockEngine | undefined;
  const goOnByReference = (): BlockEngine => {
    const engine = episodeEngine(world, slateFiller(world, policy, options.seed), options);
    engine.begin();
    for (const { firstUser, users } of tiles) engine.simulate(firstUser, users);
    return engine;
  };
  return {
    tileUsers: TILE_USERS,
    begin: () => {
      block.begin();
      [tiles, reference] = [[], undefined];
    },
    simulate: (firstUser, users) => {
      tiles.push({ firstUser, users });
      if (reference) reference.simulate(firstUser, users);
      else if (kernel.simulate(firstUser, users) === 0) block.add(users);
      else reference = goOnByReference(); // it names what is wrong, or simulates what the kernel cannot
    },
    sums: () => (reference ?? block).sums(),
  };
}

function enterWorld<T extends WorldTypes>(
  kernel: CompiledExports,
  program: CompiledProgram,
  { slateSize, numCandidates, timeBudget, parameters }: World<T>,
  policy: BuiltInPolicy,
  { key, steps, weights }: EngineOptions,
): void {
  const { choice, records } = program;
  const given = parameters as Readonly<Record<string, number | boolean>>;
  const [choice0 = 0, choice1 = 0, choice2 = 0] = choiceNumbers(choice, given);
  const fromTop = countFromTop(policy, slateSize);
  const budget = Math.min(steps, timeBudget);
  const rule = RULES.indexOf(policy.rule);
  const [order, field] = kernelOrder(policy, program);
  const { warmUp } = weights;
  const shape = [slateSize, numCandidates, steps, budget] as const;
  kernel.prepare(...shape, warmUp, rule, fromTop, order, field, choice0, choice1, choice2);
  kernel.setKey(key.key0, key.key1);
  const view = new DataView(kernel.memory.buffer);
  weights.perStep.forEach((weight, step) => view.setFloat64(kernel.weightsPointer() + 8 * step, weight, true));
  const tables = [...POWERS, ...WEIGHTS, ...CIRCLE, ...LOGS];
  tables.forEach((value, place) => view.setFloat64(kernel.tablesPointer() + 8 * place, value, true));
  for (const { name, type, offset } of records.Parameters?.fields ?? []) {
    const at = kernel.parametersPointer() + 8 * offset;
    if (type === "f64") view.setFloat64(at, Number(given[name]), true);
    else view.setInt32(at, Number(given[name]), true);
  }
}

/** The sums of a block: those over steps are the kernel's, those of users are added up here. */
class CompiledBlock<T extends WorldTypes> {
  private readonly kernel: CompiledExports;
  private readonly metrics;
  private readonly steps: number;
  private readonly slateSize: number;
  private totalReward = noValues();
  private episodeLength = noValues();
  private values: ValueSums[] = [];
  private returns: number[] = [];
  private digest = 0n;

  constructor(
    kernel: CompiledExports,
    { records }: CompiledProgram,
    { slateSize }: World<T>,
    { steps }: EngineOptions,
  ) {
    this.kernel = kernel;
    this.steps = steps;
    this.slateSize = slateSize;
    this.metrics = metricNames(records.Metrics);
  }

  begin(): void {
    this.kernel.beginBlock();
    [this.totalReward, this.episodeLength, this.values] = [noValues(), noValues(), this.metrics.map(noValues)];
    [this.returns, this.digest] = [[], 0n];
  }

  /** Adds the tile that was simulated last. */
  add(users: number): void {
    const { kernel } = this;
    const totals = this.doubles(kernel.totalsPointer(), TILE_USERS);
    const metrics = this.doubles(kernel.metricsPointer(), this.values.length * TILE_USERS);
    const lengths = new Int32Array(kernel.memory.buffer, kernel.lengthsPointer(), TILE_USERS);
    const digests = new BigUint64Array(kernel.memory.buffer, kernel.digestsPointer(), TILE_USERS);
    for (let lane = 0; lane < users; lane++) {
      this.returns.push(totals[lane]!);
      addValue(this.totalReward, totals[lane]!);
      addValue(this.episodeLength, lengths[lane]!);
      this.values.forEach((sums, metric) => addValue(sums, metrics[metric * TILE_USERS + lane]!));
      this.digest = uint64(this.digest + digests[lane]!);
    }
  }

  sums(): BlockSums {
    const { kernel, totalReward, episodeLength, values, digest, returns, slateSize, steps } = this;
    const picked = this.doubles(kernel.pickedPointer(), slateSize + 1);
    const columns = this.doubles(kernel.seriesPointer(), steps * (1 + values.length) * SERIES_SUMS);
    const listed = [true, ...this.metrics.map(({ series }) => series)];
    return {
      totalReward,
      sampledReward: null,
      episodeLength,
      values,
      ratios: [],
      choicesAfter: Float64Array.from({ length: slateSize }, (_, slot) => picked.subarray(slot + 1).reduce(add, 0)),
      usersPerStep: this.doubles(kernel.takenPointer(), steps).slice(),
      series: columns.filter((_, place) => listed[Math.floor(place / SERIES_SUMS) % listed.length]),
      digest,
      returns: Float64Array.from(returns),
    };
  }

  /** A view, valid until the kernel's memory grows. */
  private doubles(pointer: number, length: number): Float64Array {
    return new Float64Array(this.kernel.memory.buffer, pointer, length);
  }
}

function add(a: number, b: number): number {
  return a + b;
}
