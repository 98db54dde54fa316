import { streamVersion } from "../random/streamVersion.js";
import type { StudyIdentity } from "../studies/blockStore.js";
import type { Study, StudyVariant } from "../studies/study.js";
import { declarationsOf } from "../world/metrics.js";
import { planHash } from "../world/slatePlan.js";

/** Returns what a store knows a study by. */
export function identityOf(study: Study, firstUser: number): StudyIdentity {
  const { variants, seed, steps, estimator, discount, warmUp, metrics } = study;
  const { userDefined, metrics: own } = variants[0]!.world; // all variants have the same metrics
  const declared = declarationsOf([...(userDefined ? Object.entries(own) : []), ...metrics]);
  return {
    streamVersion,
    seed,
    steps,
    estimator,
    firstUser,
    ...(discount !== 1 && { discount }),
    ...(warmUp !== 0 && { warmUp }),
    ...(declared.length > 0 && { metrics: declared }),
    variants: variants.map(variantIdentity),
  };
}

function variantIdentity({ policy, world }: StudyVariant): StudyIdentity["variants"][number] {
  const { scenario, hash } = world;
  const named = { policy: policy.name, scenario, world: hash };
  return "plan" in policy && policy.plan !== undefined ? { ...named, plan: planHash(policy.plan) } : named;
}
