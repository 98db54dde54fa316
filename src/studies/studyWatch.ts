import { watchCode } from "#codeWatch";
import type { UserRange } from "../statistics/blocks.js";
import type { CodeWatch } from "../userCode/codeWatch.js";
import { takeStray } from "../modules/origins.js";
import { isAgentPolicy, isBatchPolicy } from "../world/policy.js";
import type { Study, StudyVariant } from "./study.js";

/** Watches user code in a study; costs nothing if there is none. */
export class StudyWatch {
  private readonly variants: readonly StudyVariant[];
  private readonly owners: readonly (string | undefined)[];
  private readonly watch: CodeWatch | undefined;
  private users = "";
  private failure: Error | undefined;

  constructor({ variants, metrics }: Pick<Study, "variants" | "metrics">) {
    this.variants = variants;
    this.owners = variants.map((variant) => userCode(variant) ?? (metrics.length > 0 ? "metrics" : undefined));
    const watched = this.owners.some((owner) => owner !== undefined);
    this.watch = watched ? watchCode((failure) => (this.failure ??= failure)) : undefined;
  }

  /** Sets the users for whom code is called from now on. */
  begin({ firstUser, users }: UserRange): void {
    this.users = users === 1 ? ` for user ${firstUser}` : ` for users ${firstUser} to ${firstUser + users - 1}`;
  }

  /** Calls code of the variant at index `place`. */
  call<Result>(place: number, code: () => Result): Result {
    const owner = this.owners[place];
    if (owner === undefined || this.watch === undefined) return code();
    return this.watch.call(owner + this.users, code);
  }

  /** Throws the first error outside of the calls, if any. */
  throwFailure(): void {
    if (this.watch === undefined) return;
    for (const { policy, world } of this.variants) this.failure ??= takeStray(policy) ?? takeStray(world);
    if (this.failure !== undefined) throw this.failure;
  }

  /** Waits until pending callbacks of user code have run, and possibly failed. */
  async flush(): Promise<void> {
    await this.watch?.flush();
    this.throwFailure();
  }

  end(): void {
    this.watch?.end();
  }
}

/** Describes the user code that a variant calls; undefined if there is none. */
export function userCode({ world, policy }: Pick<StudyVariant, "world" | "policy">): string | undefined {
  if (isBatchPolicy(policy) || isAgentPolicy(policy)) return `policy "${policy.name}"`;
  return world.userDefined ? `world "${world.scenario}"` : undefined;
}
