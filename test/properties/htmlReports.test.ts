import { beforeAll, describe, expect, test } from "vitest";
import {
  chart,
  report,
  type ChartKind,
  type ChartOptions,
  type Reportable,
  type ReportOptions,
} from "../../src/htmlReport/index.js";
import type { Comparison, Run } from "../../src/index.js";
import { shellCommand } from "../../src/htmlReport/shellCommand.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { results } from "../support/reportable.js";

let all: Readonly<Record<string, Reportable>>;
beforeAll(async () => {
  all = await results();
});

const FOREIGN = `<script>alert("1")</script>&'\u202e\uffff\ud800`;

describe("reports", () => {
  test("have headline, charts with their numbers, parameters, seed and digests, and nothing from elsewhere", async () => {
    for (const result of Object.values(all)) {
      const page = await report(result, { command: "npx slatesim x" });
      const charts = page.match(/<svg /g)!.length;
      expect(page.match(/<details>/g)).toHaveLength(charts);
      expect(page.match(/https?:/g)).toHaveLength(charts); // xmlns
      expect(page).not.toMatch(/<(script|link|img|iframe|object|embed)\b|url\(|@import|\bon\w+=/);
      expect(page).toContain("npx slatesim x");
      expect(new Set(page.match(/ id="[^"]*"/g)).size).toBe(2 * charts);
      expect(page).not.toMatch(/>(NaN|undefined|null %)</);
    }
    const { digest, seed, metrics } = all["run"] as Run;
    const page = await report(all["run"]!);
    for (const text of [digest, `<td>${seed}</td>`, "sensitivity", metrics.totalReward.mean.toFixed(0)])
      expect(page).toContain(text);
    const comparison = all["comparison"] as Comparison;
    for (const { digest: own } of comparison.policies) expect(await report(comparison)).toContain(own);
  });

  test("escape names of others", async () => {
    const run = {
      ...(all["run"] as Run),
      policy: FOREIGN,
      scenario: FOREIGN,
      seed: FOREIGN,
      parameters: { [FOREIGN]: FOREIGN },
    };
    for (const markup of [await report(run, { title: FOREIGN, command: FOREIGN }), await chart(run)]) {
      expect(markup).not.toContain("<script");
      expect(markup).not.toMatch(/[\u202e\uffff\ud800]/);
      expect(markup).toContain("&lt;script&gt;");
    }
  });

  test("say every field that is amiss, as charts do", async () => {
    const { metrics, ...run } = all["run"] as Run;
    const broken = { ...run, policy: 3, metrics: { ...metrics, noClicks: "many" } } as unknown as Reportable;
    const rules = [
      `"result.policy" expected a value of type string, got 3`,
      `"result.metrics.noClicks" expected a number or null, got "many"`,
    ];
    for (const show of [report, chart]) {
      expect(await mistakesOf(() => show(broken))).toEqual(rules);
      expect((await mistakesOf(() => show(7 as never)))[0]).toMatch(/^"result" expected a result of .+, got 7$/);
      expect(await mistakesOf(() => show([] as never))).toEqual(['"result" expected a solution at least, got []']);
    }
  });

  test("refuse options that there are not", async () => {
    const comparison = all["comparison"]!;
    const wrong = { baselin: "random", title: 1 } as unknown as ReportOptions;
    expect(await mistakesOf(() => report(comparison, wrong))).toEqual([
      '"baselin" is not a report option (did you mean "baseline"?)',
      '"title" expected a text, got 1',
    ]);
    const asked: [ChartKind | undefined, ChartOptions, string][] = [
      ["serie" as ChartKind, {}, '(did you mean "series"?)'],
      ["curve", {}, '"kind" expected one of'],
      [undefined, { series: "satisfactoin" }, '(did you mean "satisfaction"?)'],
      [undefined, { baseline: "mix(7)" }, '"baseline" expected one of "random", "mix(1)", "mix(2)", got "mix(7)"'],
    ];
    for (const [kind, options, sentence] of asked)
      expect((await mistakesOf(() => chart(comparison, kind, options))).join()).toContain(sentence);
  });
});

test("a command quotes what a shell would take for something else", () => {
  const words = ["run", "#b", "c.js#d", "it's", "mix(2)", "", "a b", "é"];
  expect(shellCommand(words)).toBe(`run '#b' c.js#d 'it'\\''s' 'mix(2)' '' 'a b' 'é'`);
});
