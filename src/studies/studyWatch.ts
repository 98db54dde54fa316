import { watchCode } from "#codeWatch";
import type { Users } from "../statistics/blocks.js";
import { callersCode } from "../policies/runPolicy.js";
import type { CodeWatch } from "../userCode/codeWatch.js";
import { takeStray } from "../policies/importPolicy.js";
import type { Contender } from "./study.js";

/** Watches the caller's own code in a study; where there is none, it costs nothing. */
export class StudyWatch {
  private readonly contenders: readonly Contender[];
  private readonly owners: readonly (string | undefined)[];
  private readonly watch: CodeWatch | undefined;
  private whom = "";
  private failure: Error | undefined;

  constructor(contenders: readonly Contender[]) {
    this.contenders = contenders;
    this.owners = contenders.map(({ world, policy }) => callersCode(world, policy));
    const watched = this.owners.some((owner) => owner !== undefined);
    this.watch = watched ? watchCode((failure) => (this.failure ??= failure)) : undefined;
  }

  /** From now on it is called for those users. */
  begin({ firstUser, users }: Users): void {
    this.whom = users === 1 ? ` for user ${firstUser}` : ` for users ${firstUser} to ${firstUser + users - 1}`;
  }

  /** Calls code of the contender at that place. */
  call<Result>(place: number, code: () => Result): Result {
    const owner = this.owners[place];
    if (owner === undefined || this.watch === undefined) return code();
    return this.watch.call(owner + this.whom, code);
  }

  /** Throws what went wrong outside of the calls so far. */
  throwFailure(): void {
    if (this.watch === undefined) return;
    for (const { policy } of this.contenders) this.failure ??= takeStray(policy);
    if (this.failure !== undefined) throw this.failure;
  }

  /** Lets what was left to run at once run, and fail. */
  async settle(): Promise<void> {
    await this.watch?.settle();
    this.throwFailure();
  }

  end(): void {
    this.watch?.end();
  }
}
