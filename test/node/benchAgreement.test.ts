// What the bench calls a disagreement: other bits where draws have the same addresses, other means anywhere.
import { expect, test } from "vitest";
import { bitDifferences, disagreements } from "../../bench/agreement.js";
import type { Addresses, Candidate, Task } from "../../bench/candidate.js";
import { Score } from "../../bench/score.js";

const task = { name: "task" } as Task;
const other = { name: "other" } as Task;

/** Says that users have total engagements of `mean` ± 1 second, from the user `from` on 1 more. */
function candidate(name: string, addresses: Addresses | undefined, of: Task, mean: number, from = Infinity): Candidate {
  const run = (firstUser: number, users: number) => {
    const value = mean + Number(firstUser + users > from);
    return { sum: users * value, sumOfSquares: users * (value * value + 1) };
  };
  const numbered = addresses === undefined ? {} : { numbered: { addresses, run } };
  return { name, task: of, users: 64, run: () => run(0, 64), clock: () => 0, ...numbered };
}

test("one bit is a difference between draws at the same addresses, also of the last users compared", () => {
  const kernel = candidate("kernel", "built-in", task, 100);
  const late = candidate("late", "built-in", task, 100, 1023);
  const [sentence, ...more] = bitDifferences([kernel, candidate("same", "built-in", task, 100), late]);
  expect(sentence).toBe(
    "task: kernel and late do not simulate the same episodes: engagement of 64 users from 960 on, sums 6400 and 6464, of squares 640064 and 652928",
  );
  expect(more).toHaveLength(1); // same and late
});

test.each([
  ["draws have other addresses", candidate("custom", "custom", task, 101)],
  ["the task is another", candidate("kernel", "built-in", other, 101)],
  ["users have no numbers", candidate("objects", undefined, task, 101)],
])("bits may differ where %s", (_why, second) => {
  expect(bitDifferences([candidate("kernel", "built-in", task, 100), second])).toEqual([]);
});

test.each([
  [100.5, 0], // 2.8 standard errors
  [101, 1], // 5.7
])("means of 100 and %d with 64 users each are %i disagreements, whatever the addresses", (mean, count) => {
  const scores = [candidate("kernel", "built-in", task, 100), candidate("custom", "custom", task, mean)].map((it) => {
    const score = new Score(it);
    score.run();
    return score;
  });
  expect(disagreements(scores)).toHaveLength(count);
});
