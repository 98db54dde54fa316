// Episodes step by step, for an external policy: it reads rows of features and writes slates, which take the place of those of a
// built-in policy.
import { enter, leave, leaveChoiceWords, leaveResponses } from "./batch";
import { choose } from "./choose";
import { fold } from "./digest";
import { CHOICE_SLOT, NORMAL_SLOT, lookSlot, slots, startSlot } from "./drawList";
import { TILE } from "./layout";
import { normals } from "./normals";
import { draw, open } from "./philox";
import { respond } from "./respond";
import { openTile } from "./rollout";
import { showCandidates, showCorpus, showSatisfaction } from "./show";
import { takeSlates } from "./outsideSlates";
import { enterUsers } from "./users";
import { NO_CLICK_WEIGHT, RESAMPLE_EPISODE, RESAMPLE_NEVER, RESAMPLE_STEP, resample } from "./world";

/** Begins the episodes of `users` users from `firstUser` on. */
export function reset(firstUser: u32, users: i32): void {
  for (let done = 0; done < users; done += TILE) {
    const count = min(TILE, users - done);
    open(firstUser + done, startSlot, slots);
    draw(startSlot, slots, 0, count);
    enterUsers(done);
    openTile(firstUser + done, count);
    leave(done);
  }
}

/** Writes candidates and noisy satisfaction after `time` steps. */
export function observe(firstUser: u32, users: i32, time: i32): void {
  for (let done = 0; done < users; done += TILE) {
    const count = min(TILE, users - done);
    open(firstUser + done, CHOICE_SLOT, startSlot);
    lookTile(done, count, time);
  }
  if (time == 0 && resample == RESAMPLE_NEVER) showCorpus();
}

/** Simulates one step with the slates of the batch, and writes the observations after it. */
export function step(firstUser: u32, users: i32, now: i32): void {
  const mayDecline = load<f64>(NO_CLICK_WEIGHT) > 0;
  for (let done = 0; done < users; done += TILE) {
    const count = min(TILE, users - done);
    open(firstUser + done, NORMAL_SLOT, startSlot);
    enter(done);
    enterUsers(done);
    draw(NORMAL_SLOT, NORMAL_SLOT + 1, now, count);
    takeSlates(done, count);
    normals(count);
    choose(count, mayDecline);
    respond(count, mayDecline);
    fold(count, now);
    leave(done);
    leaveResponses(done);
    lookTile(done, count, now + 1);
  }
}

/** The words of the next choice are drawn here, in one block with the first documents, and kept for the step. */
function lookTile(done: i32, users: i32, time: i32): void {
  if (resample == RESAMPLE_STEP || (time == 0 && resample == RESAMPLE_EPISODE)) {
    draw(CHOICE_SLOT, startSlot, time, users);
    showCandidates(done, users);
  } else {
    draw(CHOICE_SLOT, CHOICE_SLOT + 1, time, users);
    draw(lookSlot, lookSlot + 1, time, users);
  }
  showSatisfaction(done, users);
  leaveChoiceWords(done);
}
