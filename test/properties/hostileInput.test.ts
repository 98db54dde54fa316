// Whatever is thrown at a public function, it is used or refused by name: no inner error reaches the caller.
import { describe, expect, test } from "vitest";
import { showValue } from "../../src/check/showValue.js";
import { InvalidInput } from "../../src/index.js";
import { hostileValues } from "../support/hostile.js";
import { everyCall } from "../support/hostileCalls.js";

describe.each(Object.keys(hostileValues))("%s", (name) => {
  test.each(Object.keys(everyCall))("is used or refused: %s", async (kind) => {
    const broken: string[] = [];
    for (const [what, call] of Object.entries(everyCall[kind]!)) {
      try {
        await call(hostileValues[name]!() as never);
      } catch (error) {
        if (!(error instanceof InvalidInput)) broken.push(`${what}: ${(error as Error).stack?.slice(0, 300)}`);
      }
    }
    expect(broken).toEqual([]);
  });

  test("is shown in a few characters", () => {
    expect(showValue(hostileValues[name]!()).length).toBeLessThan(100);
  });
});
