// What a click does: engagement, exposure, satisfaction (src/worlds/longTermSatisfaction/ltsUser.ts says the same).
import { HALF, ONE } from "./constants";
import {
  CHOICE,
  CLICKED,
  ENGAGEMENT,
  ENGAGEMENT_NORMAL,
  EXPOSURE,
  INNOVATION_NORMAL,
  SATISFACTION,
  TOTAL_ENGAGEMENT,
  WEIGHT,
} from "./layout";
import { exp, farLogistic, isFar, shortLogistic } from "./numeric";
import { madd, mul, select, spread, sub } from "./vector";
import {
  INNOVATION_STDDEV,
  LOG_MEAN_ONE,
  LOG_MEAN_ZERO,
  LOG_STDDEV_ONE,
  LOG_STDDEV_ZERO,
  MEMORY_DISCOUNT,
  SENSITIVITY,
} from "./users";
import { EXPOSURE_DRIFT, slateSize } from "./world";

/** Mean of the log-engagement, with the satisfaction before the update; `i`: where the pair of users is in a row. */
export function logMean(k: v128, satisfaction: v128, i: usize): v128 {
  return mul(satisfaction, madd(k, v128.load(i, LOG_MEAN_ONE), mul(sub(spread(ONE), k), v128.load(i, LOG_MEAN_ZERO))));
}

/** Its standard deviation. */
export function logStddev(k: v128, i: usize): v128 {
  return madd(k, v128.load(i, LOG_STDDEV_ONE), mul(sub(spread(ONE), k), v128.load(i, LOG_STDDEV_ZERO)));
}

/** Engagement of the clicked document, log-normal. */
function engagementOf(k: v128, satisfaction: v128, normal: v128, i: usize): v128 {
  return exp(madd(logStddev(k, i), normal, logMean(k, satisfaction, i)));
}

function nextExposure(k: v128, exposure: v128, normal: v128, i: usize): v128 {
  const drift = mul(spread(EXPOSURE_DRIFT), sub(k, spread(HALF)));
  return madd(normal, v128.load(i, INNOVATION_STDDEV), madd(exposure, v128.load(i, MEMORY_DISCOUNT), drift));
}

/** Logistic function of the exposure; nearly all users of nearly all worlds need the short form only. */
export function satisfactionOf(exposure: v128, i: usize): v128 {
  const logit = mul(exposure, v128.load(i, SENSITIVITY));
  const short = shortLogistic(logit);
  const far = isFar(logit);
  if (!v128.any_true(far)) return short;
  return select(farLogistic(logit), short, far);
}

/** Without a click the engagement is 0 and the exposure does not change. Called only if users may decline: masks for all users cost 5 %. */
export function respond(users: i32, mayDecline: bool): void {
  const declined = i64x2.splat(slateSize);
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const k = v128.load(i, CLICKED);
    const before = v128.load(i, EXPOSURE);
    let engagement = engagementOf(k, v128.load(i, SATISFACTION), v128.load(i, ENGAGEMENT_NORMAL), i);
    let exposure = nextExposure(k, before, v128.load(i, INNOVATION_NORMAL), i);
    if (mayDecline) {
      const none = i64x2.eq(v128.load(i, CHOICE), declined);
      engagement = v128.andnot(engagement, none);
      exposure = select(before, exposure, none);
    }
    v128.store(i, engagement, ENGAGEMENT);
    v128.store(i, madd(engagement, spread(WEIGHT), v128.load(i, TOTAL_ENGAGEMENT)), TOTAL_ENGAGEMENT);
    v128.store(i, exposure, EXPOSURE);
    v128.store(i, satisfactionOf(exposure, i), SATISFACTION);
  }
}
