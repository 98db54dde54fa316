import { describe, expect, test } from "vitest";
import { makeWorld, policies, simulate } from "../../../src/index.js";
import { toJson } from "../../../src/report/json.js";
import type { LtsTypes, Run } from "../../../src/index.js";
import { json, slatesim } from "./slatesim.js";

describe("slatesim run", () => {
  const few = ["run", "--users", "300", "--steps", "5", "--seed", "cli"];

  test("prints the document of simulate", async () => {
    const {
      timing,
      config: _config,
      ...document
    } = json<Run<LtsTypes> & { config: unknown }>(...few, "--policy", "mix(1)", "--scenario", "lts-tradeoff");
    const world = makeWorld("lts-tradeoff");
    const { timing: _, ...run } = await simulate(world, policies.mix(1), { users: 300, steps: 5, seed: "cli" });
    expect(document).toEqual(JSON.parse(toJson(run)));
    expect(Object.keys(timing)).toEqual(["seconds", "userStepsPerSecond", "simulatedUsers", "workers"]);
  });

  test("has the documented keys in the documented order", () => {
    const document = json(...few);
    const keys =
      "scenario parameters world policy users firstUser steps seed engine streamVersion digest metrics timing config";
    expect(Object.keys(document)).toEqual(keys.split(" "));
    const metrics =
      "totalReward totalEngagement episodeLength finalSatisfaction finalExposure clickedEducativeness clickPositions noClicks perStep totalRewardDistribution";
    expect(Object.keys(document.metrics)).toEqual(metrics.split(" "));
    const { perStep, totalReward, totalEngagement } = document.metrics;
    expect(Object.keys(perStep)).toEqual(["users", "reward", "satisfaction", "engagement"]);
    expect([perStep.engagement, totalEngagement]).toEqual([perStep.reward, totalReward]);
    expect(perStep.engagement.mean).toHaveLength(5);
    expect(document.parameters.noClickLogit).toBe("-Infinity");
    expect(document.digest).toMatch(/^[0-9a-f]{16}$/);
  });

  test("twice gives the same bytes apart from timing", () => {
    const [first, second] = [slatesim(...few, "--json"), slatesim(...few, "--json")];
    expect(untimed(second.out)).toBe(untimed(first.out));
    expect(untimed(first.out)).not.toBe(first.out);
  });

  test("obeys every flag", () => {
    const base = json(...few);
    expect(json(...few, "--first-user", "64").digest).not.toBe(base.digest);
    expect(json("run", "--users", "300", "--steps", "5", "--seed", "other").digest).not.toBe(base.digest);
    const reference = json(...few, "--engine", "reference");
    expect(reference).toMatchObject({ engine: "reference", digest: base.digest, metrics: base.metrics });
    const params = ["--param", "noClickLogit=-0.5", "--param", "resample=episode", "--param=slateSize=2"];
    const changed = json(...few, ...params);
    expect(changed.parameters).toMatchObject({ noClickLogit: -0.5, resample: "episode", slateSize: 2 });
    expect(changed.metrics.noClicks).toBeGreaterThan(0);
    expect(changed.metrics.clickPositions).toHaveLength(2);
  });

  test("takes exponents, infinities and documents as parameters", () => {
    const documents = '[{"educativeness":0.25,"clusterId":0},{"educativeness":1,"clusterId":3}]';
    const given = ["sensitivity=5e-2", "noClickLogit=-Infinity", `documents=${documents}`, "slateSize=2"];
    const { parameters } = json(...few, ...given.flatMap((text) => ["--param", text]));
    expect(parameters).toMatchObject({ sensitivity: 0.05, noClickLogit: "-Infinity", slateSize: 2 });
    expect(parameters.documents).toEqual(JSON.parse(documents));
  });

  test("prints a summary for people", () => {
    const { code, out, err } = slatesim(...few, "--param", "sensitivity=0.05");
    const speed = /^speed   [\d.,]+( M)?\/s user-steps, [\d.]+ s, 1 thread\n$/;
    expect({ code, err }).toEqual({ code: 0, err: expect.stringMatching(speed) });
    const { digest, metrics, streamVersion } = json(...few, "--param", "sensitivity=0.05");
    const { totalEngagement, finalSatisfaction, finalExposure, clickedEducativeness, clickPositions } = metrics;
    const row = (name: string, { mean, ci95, variance, min, max }: typeof totalEngagement, decimals: number) => {
      const [middle, low, high, ...rest] = [mean, ...ci95, Math.sqrt(variance), min, max].map((x) =>
        x.toFixed(decimals),
      );
      return [name, middle, `[${low}, ${high}]`, ...rest].join(" ");
    };
    const quantiles = Object.entries(metrics.totalRewardDistribution.quantiles);
    const clicks = clickPositions.map((count, slot) => `slot ${slot}: ${((100 * count) / 1500).toFixed(2)} %`);
    const { engagement, satisfaction } = metrics.perStep;
    const ends = (name: string, { mean }: typeof engagement, decimals: number) =>
      `${name} ${mean[0]!.toFixed(decimals)} ${mean.at(-1)!.toFixed(decimals)}`;
    const lines = out
      .replaceAll(/[▁-█]+/g, "")
      .split("\n")
      .filter((line) => line !== "");
    expect(lines.map((line) => line.trimEnd().replaceAll(/ +/g, " "))).toEqual([
      'lts-tradeoff (sensitivity 0.05) · random · 300 users × 5 steps · seed "cli" · kernel engine',
      "metric mean 95 % interval sd min max",
      row("total engagement", totalEngagement, 1),
      row("final satisfaction", finalSatisfaction, 4),
      row("final exposure", finalExposure, 2),
      row("educativeness of clicks", clickedEducativeness, 4),
      `quantiles ${quantiles.map(([name, value]) => `${name.slice(1)} %: ${value.toFixed(1)}`).join(" ")}`,
      `clicks ${clicks.join(" ")} no click: 0.00 %`,
      "mean per step first last",
      ends("engagement", engagement, 1),
      ends("satisfaction", satisfaction, 4),
      `digest ${digest} (stream version ${streamVersion})`,
    ]);
    const own = slatesim(...few, "--param", 'documents=[{"educativeness":0,"clusterId":0}]', "--param", "slateSize=1");
    expect(own.out.split("\n")[0]).toBe(
      'lts-tradeoff (slateSize 1, numCandidates 1, resample never, 1 own documents) · random · 300 users × 5 steps · seed "cli" · kernel engine',
    );
  });
});

function untimed(text: string): string {
  return text.replace(/"timing": \{[^}]*\}/, "");
}
