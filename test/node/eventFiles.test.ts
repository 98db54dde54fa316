// Event files as TensorBoard's own format has them, read by Google's protoc.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { agents, longTermSatisfaction, makeEnv } from "../../src/index.js";
import { TrainRunner } from "../../src/train/index.js";
import { readRecords } from "../support/tfRecords.js";

const place = mkdtempSync(join(tmpdir(), "slatesim-events-"));
afterAll(() => rmSync(place, { recursive: true }));

const support = fileURLToPath(new URL("../support", import.meta.url));
const absent = spawnSync("protoc", ["--version"]).error !== undefined && process.env["REQUIRE_PROTOC"] === undefined;

describe.skipIf(absent)("event files", () => {
  test("hold version, steps, RecSim's tags and values, as protoc decodes them", async () => {
    const env = await makeEnv(longTermSatisfaction({ timeBudget: 5 }));
    const runner = new TrainRunner({
      env,
      createAgent: agents.first(),
      numIterations: 2,
      maxTrainingSteps: 8,
      out: place,
    });
    const { iterations } = await runner.run();
    const name = readdirSync(join(place, "train")).find((file) => file.includes("tfevents"));
    const [version, ...events] = readRecords(new Uint8Array(readFileSync(join(place, "train", name!)))).map(decode);
    expect(version!.replace(/^wall_time: \S+\n/m, "")).toBe('file_version: "brain.Event:2"\n');
    expect(events).toHaveLength(2);
    iterations.forEach(({ totalSteps, averageEpisodeLength, averageEpisodeRewards, stdEpisodeRewards, ctr }, i) => {
      expect(Number(/^step: (\d+)$/m.exec(events[i]!)![1])).toBe(totalSteps);
      const tags = [...events[i]!.matchAll(/tag: "([^"]+)"\s+simple_value: (\S+)/g)];
      const values = Object.fromEntries(tags.map(([, tag, value]) => [tag!, Number(value)]));
      expect(Object.keys(values)).toEqual([
        "AverageEpisodeLength/train",
        "AverageEpisodeRewards/train",
        "StdEpisodeRewards/train",
        "CTR/train",
      ]);
      const expected = [averageEpisodeLength, averageEpisodeRewards, stdEpisodeRewards, ctr!];
      Object.values(values).forEach((value, j) => expect(value / expected[j]!).toBeCloseTo(1, 5));
    });
  });
});

function decode(message: Uint8Array): string {
  const words = ["--decode=Event", `--proto_path=${support}`, "event.proto"];
  return execFileSync("protoc", words, { input: message, encoding: "utf8" });
}
