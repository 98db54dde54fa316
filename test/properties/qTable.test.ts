import { expect, test } from "vitest";
import { QTable } from "../../src/agents/tabularQ/qTable.js";

test("of slates that are worth the same the first is the best, and of those tried as often the first is tried", () => {
  const table = new QTable(4, [
    [
      "s",
      [
        [1, 2, 3],
        [2, 2, 1],
        [3, 2, 1],
      ],
    ],
  ]);
  expect(table.best("s")).toEqual({ slate: 1, value: 2 });
  expect(table.leastTried("s")).toBe(0);
  expect(table.best("never seen")).toEqual({ slate: 0, value: 0 });
  const worse = new QTable(2, [["s", [[0, -1, 1]]]]);
  expect(worse.best("s")).toEqual({ slate: 1, value: 0 });
});
