// What the command line does about signals and about an output that takes no more.
import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { withInterrupt } from "../../../src/cli/interrupt.js";
import { main } from "./slatesim.js";

describe("a disk that is full under stdout", () => {
  test.each<[string, readonly string[]]>([
    ["a short command", ["run", "--users", "10"]],
    ["one in a thread of its own", ["run", "--users", "10", "--workers", "1"]],
    ["the help", ["--help"]],
    ["the version", ["--version"]],
  ])("ends %s with exit code 1", (_, words) => {
    const full = openSync("/dev/full", "w");
    const stdio = ["ignore", full, "pipe"] as const;
    const { status, stderr } = spawnSync(process.execPath, [main, ...words], { stdio: [...stdio], encoding: "utf8" });
    closeSync(full);
    const told = stderr.replace(/^speed .*\n/, "");
    expect({ status, told }).toEqual({ status: 1, told: "ENOSPC: no space left on device, write\n" });
  });
});

const count = (): number => process.listenerCount("SIGINT");

describe("work that can be interrupted", () => {
  let before: readonly NodeJS.SignalsListener[];
  beforeEach(() => {
    before = process.listeners("SIGINT") as NodeJS.SignalsListener[];
  });
  afterEach(() => {
    process.exitCode = undefined;
    process.removeAllListeners("SIGINT");
    for (const listener of before) process.on("SIGINT", listener);
  });

  test("leaves one listener, however often there is some, and also where it fails", async () => {
    for (let i = 0; i < 5; i++) {
      await withInterrupt(async () => expect(count()).toBeLessThanOrEqual(before.length + 1));
      await expect(withInterrupt(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
    }
    expect(count()).toBe(before.length + 1);
  });

  test("hears the first signal as a wish, sets the exit code, and leaves the next to end the process", async () => {
    process.removeAllListeners("SIGINT");
    for (let i = 0; i < 3; i++) {
      const heard = await withInterrupt(async (signal) => {
        expect([signal.aborted, count()]).toEqual([false, 1]);
        const wish = process.listeners("SIGINT")[0];
        process.emit("SIGINT");
        expect([signal.aborted, count()]).toEqual([true, 1]);
        expect(process.listeners("SIGINT")[0]).not.toBe(wish);
        return signal.reason as Error;
      });
      expect(heard.message).toBe("Interrupted before anything was finished.");
      expect(process.exitCode).toBe(130);
      expect(count()).toBe(1);
    }
  });
});
