import { WORLD_STREAM, wordSource } from "../../../random/address.js";
import type { Key } from "../../../random/seedKey.js";
import { TILE_USERS } from "../../../statistics/blocks.js";
import { equationTerms } from "../equations.js";
import { startWidth } from "../model.js";
import type { Parameters, PlainParameters } from "../parameters.js";
import { parametersOfUsers, sharedParameters } from "../plainParameters.js";
import type { KernelExports } from "./kernelExports.js";

/** Rows of doubles, in the order of kernel/users.ts; the budget's row follows. */
const NUM_DOUBLES = 8;
const NUM_ROWS = NUM_DOUBLES + 1;

/** The parameters of users, as rows in a kernel that has its world and is prepared for rollouts or a batch. */
export class UserRows {
  private readonly kernel: KernelExports;
  private readonly key: Key;
  private readonly capacity: number;
  private readonly parametersOf: ReturnType<typeof parametersOfUsers>;
  private readonly differ: boolean;

  /** `capacity`: most users at once. Memory may grow, so views of it are made after this. */
  constructor(kernel: KernelExports, parameters: Parameters, key: Key, capacity: number) {
    this.kernel = kernel;
    this.key = key;
    this.capacity = Math.ceil(capacity / TILE_USERS) * TILE_USERS;
    this.parametersOf = parametersOfUsers(parameters);
    const shared = sharedParameters(parameters);
    this.differ = shared === undefined;
    if (shared === undefined) kernel.prepareUsers(this.capacity);
    else this.write(kernel.userRowsPointer(), TILE_USERS, TILE_USERS, () => shared);
  }

  /** Writes the parameters of the users that come next. */
  enter(firstUser: number, users: number): void {
    if (!this.differ) return;
    const source = (index: number) => wordSource(this.key, WORLD_STREAM, (firstUser + index) >>> 0);
    const of = (index: number): PlainParameters => this.parametersOf(source(index));
    this.write(this.kernel.userValuesPointer(), this.capacity, users, of);
  }

  private write(pointer: number, stride: number, users: number, of: (index: number) => PlainParameters): void {
    const { buffer } = this.kernel.memory;
    const doubles = new Float64Array(buffer, pointer, NUM_ROWS * stride);
    const halves = new Uint32Array(buffer, pointer, 2 * NUM_ROWS * stride);
    for (let index = 0; index < users; index++) {
      const own = of(index);
      const row = rowOf(own);
      for (let i = 0; i < NUM_DOUBLES; i++) doubles[i * stride + index] = row[i]!;
      const budget = 2 * (NUM_DOUBLES * stride + index);
      halves[budget] = 0;
      halves[budget + 1] = own.timeBudget;
    }
  }
}

function rowOf(parameters: PlainParameters): readonly number[] {
  const { memoryDiscount, innovationStddev, sensitivity } = parameters;
  const { logMeanAtOne, logMeanAtZero, logStddevAtOne, logStddevAtZero } = equationTerms(parameters);
  const logs = [logMeanAtOne, logMeanAtZero, logStddevAtOne, logStddevAtZero];
  return [memoryDiscount, innovationStddev, sensitivity, ...logs, startWidth(parameters)];
}
