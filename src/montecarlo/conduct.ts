import { refuse } from "../check/refuse.js";
import { streamVersion } from "../random/streamVersion.js";
import { mostUsers, seedOf, type RunOptions } from "./options.js";
import type { Estimator } from "../statistics/estimator.js";
import type { Pace, RunEnd } from "./run.js";
import { storedStudyMistakes, type StudyIdentity } from "../studies/blockStore.js";
import { PrecisionRule, type PrecisionTarget } from "../studies/precision.js";
import { runStudy } from "./runStudy.js";
import type { Contender, Study } from "../studies/study.js";
import type { StudyTotals } from "../studies/studyTotals.js";

/** What came of a study, as results are made from it. */
export interface Conducted {
  readonly totals: StudyTotals;
  readonly extent: Extent;
  readonly estimator: Estimator;
  readonly end: RunEnd;
  readonly pace: Pace;
}

/** What the headers of all results have, in the order in which it is written out. */
export interface Extent {
  readonly users: number;
  readonly firstUser: number;
  readonly steps: number;
  readonly seed: string;
}

/** Runs a study as the options want it, which are legal. `targets` are what a precision is of. */
export async function conduct(
  contenders: readonly Contender[],
  options: RunOptions,
  targets: readonly PrecisionTarget[],
): Promise<Conducted> {
  const start = performance.now();
  const {
    firstUser = 0,
    steps = contenders[0]!.world.timeBudget,
    precision,
    workers = 1,
    signal,
    store,
    onProgress,
  } = options;
  const study: Study = { contenders, seed: seedOf(options), steps, estimator: options.estimator ?? "sampled" };
  const blocks = await store?.open(identityOf(study, firstUser));
  if (store !== undefined) refuse(storedStudyMistakes(blocks));
  const rule = precision && new PrecisionRule(precision, targets);
  const users = { firstUser, users: mostUsers(options) };
  const outcome = await runStudy(study, users, { workers, signal, blocks, onProgress, rule });
  const { totals, ended } = outcome;
  if (ended !== "interrupted") await blocks?.close(firstUser + totals.users);
  return {
    totals,
    estimator: study.estimator,
    extent: { users: totals.users, firstUser, steps, seed: study.seed },
    end: {
      ...(rule && { precision: rule.report(totals) }),
      ...(ended === "interrupted" && { interrupted: true }),
    },
    pace: {
      seconds: (performance.now() - start) / 1000,
      userSteps: outcome.userSteps,
      simulatedUsers: outcome.simulatedUsers,
      workers: outcome.workers,
    },
  };
}

function identityOf({ contenders, seed, steps, estimator }: Study, firstUser: number): StudyIdentity {
  const named = contenders.map(({ policy, world }) => ({
    policy: policy.name,
    scenario: world.scenario,
    world: world.hash,
  }));
  return { streamVersion, seed, steps, estimator, firstUser, contenders: named };
}
