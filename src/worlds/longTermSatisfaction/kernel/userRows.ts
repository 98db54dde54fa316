import { UserWords, WORLD_STREAM } from "../../../random/address.js";
import type { Key } from "../../../random/seedKey.js";
import { TILE_USERS } from "../../../statistics/blocks.js";
import { equationTerms } from "../equations.js";
import { startWidth } from "../model.js";
import { USER_PARAMETERS, type Parameters, type PlainParameters, type UserParameter } from "../parameters.js";
import { ownParameters, type OwnParameter } from "../plainParameters.js";
import type { KernelExports } from "./kernelExports.js";

/** Rows of kernel/users.ts: seven of parameters, the width of the first exposure, and the budget. */
const [START_WIDTH, BUDGET] = [7, 8];

/** The parameters of users, as rows in a kernel that has its world and is prepared for rollouts or a batch. */
export class UserRows {
  private readonly kernel: KernelExports;
  private readonly words: UserWords;
  private readonly own: readonly OwnParameter[];
  private readonly rowOf: Readonly<Partial<Record<UserParameter, number>>>;
  private readonly stride: number;

  /** `capacity`: most users at once. Memory may grow, so views of it are made after this. */
  constructor(kernel: KernelExports, parameters: Parameters, key: Key, capacity: number) {
    this.kernel = kernel;
    this.words = new UserWords(key, WORLD_STREAM);
    this.own = ownParameters(parameters);
    this.rowOf = rowsUnder(parameters);
    this.stride = this.own.length === 0 ? TILE_USERS : Math.ceil(capacity / TILE_USERS) * TILE_USERS;
    if (this.own.length > 0) kernel.prepareUsers(this.stride);
    const shared = USER_PARAMETERS.filter((name) => typeof parameters[name] === "number");
    for (const name of shared) this.write(name, this.stride, () => parameters[name] as number);
  }

  /** Writes the parameters of the users that come next. */
  enter(firstUser: number, users: number): void {
    const { words } = this;
    for (const { name, valueOf } of this.own) {
      this.write(name, users, (index) => {
        words.user = (firstUser + index) >>> 0;
        return valueOf(words);
      });
    }
  }

  /** Steps of the episode of the user at that index, of those who were entered last. */
  lengthOf(index: number): number {
    return new Uint32Array(this.kernel.memory.buffer, this.pointerOf(BUDGET))[2 * index + 1]!;
  }

  private write(name: UserParameter, users: number, valueOf: (index: number) => number): void {
    const { buffer } = this.kernel.memory;
    if (name === "timeBudget") {
      const halves = new Uint32Array(buffer, this.pointerOf(BUDGET), 2 * users); // whose lower ones are 0
      for (let index = 0; index < users; index++) halves[2 * index + 1] = valueOf(index);
      return;
    }
    const row = new Float64Array(buffer, this.pointerOf(this.rowOf[name]!), users);
    for (let index = 0; index < users; index++) row[index] = valueOf(index);
    if (name !== "memoryDiscount") return;
    const widths = new Float64Array(buffer, this.pointerOf(START_WIDTH), users);
    for (let index = 0; index < users; index++) widths[index] = startWidth({ memoryDiscount: row[index]! });
  }

  private pointerOf(row: number): number {
    const { kernel } = this;
    const rows = this.own.length === 0 ? kernel.userRowsPointer() : kernel.userValuesPointer();
    return rows + 8 * row * this.stride;
  }
}

/** Returns the row of each parameter; the equations say which engagement is that of educativeness 1. */
function rowsUnder(parameters: Parameters): Readonly<Partial<Record<UserParameter, number>>> {
  const numbers = Object.fromEntries(USER_PARAMETERS.map((name, place) => [name, place]));
  const terms = equationTerms({ ...parameters, ...numbers } as PlainParameters);
  const { logMeanAtOne, logMeanAtZero, logStddevAtOne, logStddevAtZero } = terms;
  const engagement = [logMeanAtOne, logMeanAtZero, logStddevAtOne, logStddevAtZero].map((place, i) => {
    return [USER_PARAMETERS[place]!, 3 + i];
  });
  return { memoryDiscount: 0, innovationStddev: 1, sensitivity: 2, ...Object.fromEntries(engagement) };
}
