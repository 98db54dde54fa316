import { refuse } from "../check/refuse.js";
import { streamVersion } from "../random/streamVersion.js";
import { BLOCK_USERS, SMALL_CHUNK_USERS } from "../statistics/blocks.js";
import { storedStudyMistakes } from "../studies/blockStore.js";
import { StoppingRule, type PrecisionTarget } from "../studies/stoppingRule.js";
import type { Study, StudyVariant } from "../studies/study.js";
import type { StudyTotals } from "../studies/studyTotals.js";
import { demandOf, estimatorOf, maxUsersOf, type ReadOptions } from "./options.js";
import type { RunEnd, RunHeader } from "./run.js";
import { runStudy } from "./runStudy.js";
import { simulatePart } from "./simulatePart.js";
import { identityOf } from "./studyIdentity.js";
import type { Pace } from "./timing.js";

/** A finished study, from which results are made. */
export interface StudyResult {
  readonly study: Study;
  readonly totals: StudyTotals;
  readonly extent: Extent;
  readonly end: RunEnd;
  readonly pace: Pace;
}

/** Fields of the headers of all results, in the order in which they are printed. */
export type Extent = Pick<RunHeader, "users" | "firstUser" | "steps" | "seed">;

/** Runs a study under valid options. `targets` are those of a precision. */
export async function resultOf(
  variants: readonly StudyVariant[],
  options: ReadOptions,
  targets: readonly PrecisionTarget[],
): Promise<StudyResult> {
  const start = performance.now();
  const { firstUser = 0, precision, workers = 1, workerUrl, signal, store, onProgress } = options;
  const study: Study = { variants, ...demandOf(options, variants[0]!.world) };
  const users = { firstUser, users: maxUsersOf(options) };
  const all = { studies: [study], users, endsEarly: precision !== undefined };
  await simulatePart(all, store, options);
  const blocks = await store?.open(identityOf(study, firstUser));
  if (store !== undefined) refuse(storedStudyMistakes(blocks));
  const fewest = study.estimator === "controlled" ? SMALL_CHUNK_USERS : BLOCK_USERS;
  const rule = precision && new StoppingRule(precision, targets, fewest);
  const outcome = await runStudy(study, users, { workers, workerUrl, signal, blocks, onProgress, rule });
  const { totals, ended } = outcome;
  if (ended !== "interrupted") await blocks?.close(firstUser + totals.users, rule?.usersNeeded(totals));
  return {
    study,
    totals,
    extent: { users: totals.users, firstUser, steps: study.steps, seed: study.seed },
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

/** Returns the parts of a header that do not depend on the policy. */
export function headerOf(
  { scenario, parameters, hash }: StudyVariant["world"],
  { study, extent }: StudyResult,
  options: ReadOptions,
  policy?: string,
): RunHeader {
  const { discount, warmUp, variants } = study;
  const inKernel = variants.every(({ engine }) => engine === "kernel"); // the bits are the same anyway
  const header = {
    scenario,
    parameters,
    world: hash,
    ...(policy !== undefined && { policy }),
    ...extent,
    engine: inKernel ? "kernel" : "reference",
    streamVersion,
    ...estimatorOf(options),
    ...(discount !== 1 && { discount }),
    ...(warmUp !== 0 && { warmUp }),
  };
  return header as RunHeader;
}
