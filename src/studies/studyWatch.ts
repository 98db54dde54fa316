import { watchCode } from "#codeWatch";
import type { UserRange } from "../statistics/blocks.js";
import type { CodeWatch } from "../userCode/codeWatch.js";
import { takeStray } from "../policies/importPolicy.js";
import { isAgentPolicy, isBatchPolicy } from "../world/policy.js";
import type { Study, StudyVariant } from "./study.js";

/** Watches the caller's own code in a study; where there is none, it costs nothing. */
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

  /** From now on code is called for those users. */
  begin({ firstUser, users }: UserRange): void {
    this.users = users === 1 ? ` for user ${firstUser}` : ` for users ${firstUser} to ${firstUser + users - 1}`;
  }

  /** Calls code of the variant at that place. */
  call<Result>(place: number, code: () => Result): Result {
    const owner = this.owners[place];
    if (owner === undefined || this.watch === undefined) return code();
    return this.watch.call(owner + this.users, code);
  }

  /** Throws what went wrong outside of the calls so far. */
  throwFailure(): void {
    if (this.watch === undefined) return;
    for (const { policy } of this.variants) this.failure ??= takeStray(policy);
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

/** The caller's code that a variant calls; undefined where there is none. */
export function userCode({ world, policy }: Pick<StudyVariant, "world" | "policy">): string | undefined {
  if (isBatchPolicy(policy) || isAgentPolicy(policy)) return `policy "${policy.name}"`;
  return world.userDefined ? `world "${world.scenario}"` : undefined;
}
