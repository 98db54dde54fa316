// What a click does: engagement, exposure, satisfaction (src/scenario/longTermSatisfaction/user.ts says the same).
import {
  CHOICE,
  CLICKED,
  ENGAGEMENT,
  ENGAGEMENT_NORMAL,
  EXPOSURE,
  INNOVATION_NORMAL,
  SATISFACTION,
  TOTAL_ENGAGEMENT,
} from "./layout";
import { exp, logistic } from "./numeric";
import { add, both, madd, mul, select, sub } from "./vector";
import {
  EXPOSURE_DRIFT,
  INNOVATION_STDDEV,
  LOG_MEAN_ONE,
  LOG_MEAN_ZERO,
  LOG_STDDEV_ONE,
  LOG_STDDEV_ZERO,
  MEMORY_DISCOUNT,
  SENSITIVITY,
  parameter,
  slateSize,
} from "./world";

/** Engagement of the clicked document, log-normal, with the satisfaction before the update. */
function engagementOf(k: v128, satisfaction: v128, normal: v128): v128 {
  const rest = sub(both(1.0), k);
  const mean = mul(satisfaction, madd(k, parameter(LOG_MEAN_ONE), mul(rest, parameter(LOG_MEAN_ZERO))));
  const stddev = madd(k, parameter(LOG_STDDEV_ONE), mul(rest, parameter(LOG_STDDEV_ZERO)));
  return exp(madd(stddev, normal, mean));
}

function nextExposure(k: v128, exposure: v128, normal: v128): v128 {
  const drift = mul(parameter(EXPOSURE_DRIFT), sub(k, both(0.5)));
  return madd(normal, parameter(INNOVATION_STDDEV), madd(exposure, parameter(MEMORY_DISCOUNT), drift));
}

export function satisfactionOf(exposure: v128): v128 {
  return logistic(mul(exposure, parameter(SENSITIVITY)));
}

/**
 * Without a click nothing is engaged and the exposure stays. Asked only where users may decline: masks for everybody cost 5 %.
 */
export function respond(users: i32, mayDecline: bool): void {
  const declined = i64x2.splat(slateSize);
  for (let i: usize = 0; i < (<usize>users) << 3; i += 16) {
    const k = v128.load(CLICKED + i);
    const before = v128.load(EXPOSURE + i);
    let engagement = engagementOf(k, v128.load(SATISFACTION + i), v128.load(ENGAGEMENT_NORMAL + i));
    let exposure = nextExposure(k, before, v128.load(INNOVATION_NORMAL + i));
    if (mayDecline) {
      const none = i64x2.eq(v128.load(CHOICE + i), declined);
      engagement = v128.andnot(engagement, none);
      exposure = select(before, exposure, none);
    }
    v128.store(ENGAGEMENT + i, engagement);
    v128.store(TOTAL_ENGAGEMENT + i, add(v128.load(TOTAL_ENGAGEMENT + i), engagement));
    v128.store(EXPOSURE + i, exposure);
    v128.store(SATISFACTION + i, satisfactionOf(exposure));
  }
}
