// What the page makes of addresses, words and users; the page itself is in test/proofs/playground.test.ts.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compare, policies, type Comparison } from "../../src/index.js";
import { addressOf, experimentIn, sourceIn } from "../../src/playground/address.js";
import { chartOf, heightOf, type ChartId } from "../../src/playground/charts.js";
import {
  DEFAULT_EXPERIMENT,
  prepare,
  type Experiment,
  type Mistake,
  type ReadyExperiment,
} from "../../src/playground/experiment.js";
import { episodeOf, forkEpisode } from "../../src/playground/fork.js";
import { compareMoreAndMore, sizesUpTo } from "../../src/playground/growingComparison.js";
import { LANGUAGES, languageOf } from "../../src/playground/languages.js";
import { SLIDER_NAMES, SLIDERS } from "../../src/playground/parameterFields.js";
import { spanishRule } from "../../src/playground/spanishRule.js";
import type { Words } from "../../src/playground/words.js";

const text = fc.string({ unit: "binary" });
const OWN = ["scenario", "policy", "seed", "users", "source"];
const number = fc.double().map((value) => value + 0); // there is no −0 in an address
const experiments: fc.Arbitrary<Experiment> = fc.record({
  scenario: text,
  parameters: fc
    .array(fc.tuple(text, number))
    .map((entries) => Object.fromEntries(entries.filter(([name]) => !OWN.includes(name)))),
  policies: fc.array(text.filter((name) => name !== "")),
  seed: text,
  users: number,
});

function readyOf(part: Partial<Experiment> = {}): ReadyExperiment {
  return prepare({ ...DEFAULT_EXPERIMENT, ...part }) as ReadyExperiment;
}

/** Returns all that a language says, by name; functions say it of ⟨1⟩, ⟨2⟩ and so on. */
function said(words: Words): [string, string][] {
  const entries = Object.entries({ ...words, ...words.parameter }).filter(([name]) => name !== "parameter");
  return entries.map(([name, value]) => {
    const isSentence = name === "rule";
    const given = isSentence ? ['"⟨1⟩" expected a number in [0, 1), got 2'] : ["⟨1⟩", "⟨2⟩", "⟨3⟩", "⟨4⟩", "⟨5⟩"];
    return [name, typeof value === "function" ? (value as (...all: string[]) => string)(...given) : String(value)];
  });
}

describe("address", () => {
  test("holds the whole experiment", () => {
    fc.assert(
      fc.property(experiments, (experiment) => {
        expect(experimentIn(`#${addressOf(experiment)}`)).toEqual(experiment);
        expect(sourceIn(`#${addressOf(experiment)}`)).toBeUndefined();
        expect(experimentIn(`#${addressOf(experiment, "a_-9")}`)).toEqual(experiment);
        expect(sourceIn(`#${addressOf(experiment, "a_-9")}`)).toBe("a_-9");
      }),
    );
  });

  test("an empty one is the default experiment, which has no mistakes", () => {
    expect(experimentIn("")).toEqual(DEFAULT_EXPERIMENT);
    expect(experimentIn("#")).toEqual(DEFAULT_EXPERIMENT);
    expect(readyOf().policies.map(({ name }) => name)).toEqual(DEFAULT_EXPERIMENT.policies);
  });

  test("a hostile one has mistakes that name the field and the rule", () => {
    const pairs = fc.array(fc.tuple(fc.constantFrom(...OWN, "sensitivity", "__proto__", "slateSize"), text));
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          pairs.map((all) => new URLSearchParams(all).toString()),
        ),
        (address) => {
          const prepared = prepare(experimentIn(address));
          if (!Array.isArray(prepared)) return;
          expect(prepared.length).toBeGreaterThan(0);
          for (const { message } of prepared) expect(message).toMatch(/^".*" (expected|is not a parameter)/s);
        },
      ),
    );
  });

  test.each([
    ["users=0", "users"],
    ["users=x", "users"],
    ["users=100000001", "users"],
    ["seed=", "seed"],
    ["policy=random", "policies"],
    ["policy=", "policies"],
    ["policy=random&policy=mix(4)", "policies"],
    ["policy=random&policy=best", "policies"],
    ["scenario=none", "scenario"],
    ["sensitivity=x", "sensitivity"],
    ["sensitivty=0.1", "sensitivty"],
    ["slateSize=11", "slateSize"],
  ])("%s is a mistake of the field %s", (address, field) => {
    const prepared = prepare(experimentIn(address));
    expect(Array.isArray(prepared) && prepared.map((mistake) => mistake.field)).toContain(field);
  });
});

describe("rules in Spanish", () => {
  const wrong = SLIDER_NAMES.flatMap((name) =>
    [NaN, -1, 1e9, 0.5, 11].map((value) => ({ parameters: { [name]: value } })),
  );
  const others = [{ seed: "" }, { users: 0 }, { scenario: "x" }, { parameters: { sensitivty: 1 } }];
  const lists = [["random"], ["first", "rand"], ["first", "mix(9)"]].map((names) => ({ policies: names }));

  test("have no English left, and the value as it is", () => {
    for (const part of [...wrong, ...others, ...lists]) {
      const prepared = prepare({ ...DEFAULT_EXPERIMENT, ...part });
      for (const { message } of Array.isArray(prepared) ? (prepared as Mistake[]) : []) {
        const spanish = spanishRule(message);
        expect(spanish.replaceAll(/"[^"]*"/g, "")).not.toMatch(
          /\b(expected|an?|number|integer|most|got|with|is|not|the|or|of|mean)\b/,
        );
        expect(spanish.match(/-?\d[\d.e+-]*/g)).toEqual(message.match(/-?\d[\d.e+-]*/g));
      }
    }
    expect(spanishRule('"policy" expected one of "a", got "b, got a number in" (did you mean "a"?)')).toBe(
      '"policy": se espera uno de "a", y no "b, got a number in" (¿querías decir "a"?)',
    );
  });
});

describe("users", () => {
  test("come in comparisons that grow to all of them", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), (users) => {
        const sizes = sizesUpTo(users);
        expect(sizes.at(-1)).toBe(users);
        expect(sizes.toSorted((a, b) => a - b)).toEqual([...new Set(sizes)]);
      }),
    );
  });

  test("end with the comparison of the package, and stop at a signal", async () => {
    const experiment = readyOf({ users: 9000, policies: ["random", "mix(2)"] });
    const watch = { workers: 2, onProgress: () => {} };
    const shownUntil = async (most: number): Promise<[Comparison, boolean][]> => {
      const ending = new AbortController();
      const shown: [Comparison, boolean][] = [];
      try {
        for await (const each of compareMoreAndMore(experiment, { ...watch, signal: ending.signal })) {
          shown.push([each.comparison, each.complete]);
          if (shown.length === most) ending.abort();
        }
      } catch (reason) {
        expect(ending.signal.aborted, String(reason)).toBe(true);
      }
      return shown;
    };
    const all = await shownUntil(Infinity);
    expect(all.map(([{ users }, complete]) => [users, complete])).toEqual([
      [4096, false],
      [9000, true],
    ]);
    const whole = await compare(experiment.world, experiment.policies, { users: 9000, seed: "0" });
    expect(all[1]![0].policies).toEqual(whole.policies);
    expect(await shownUntil(1)).toHaveLength(1);
  });
});

describe("fork", () => {
  const experiment = readyOf({ policies: ["random", "mix(2)"] });

  test("the same slate brings the same; another one keeps the noise of the steps before and after", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1000),
        fc.nat(59),
        fc.constantFrom(policies.random(), policies.mix(1)),
        async (user, step, policy) => {
          const episode = episodeOf(experiment, policy, user);
          const { slate } = episode.steps[step]!;
          const same = await forkEpisode(experiment.world, episode, step, slate);
          expect(same.forkedRewards).toEqual(same.rewards);
          const others = Array.from({ length: 10 }, (_, place) => place).filter((place) => !slate.includes(place));
          const other = await forkEpisode(experiment.world, episode, step, others.slice(0, 3));
          expect(other.rewards).toEqual(episode.steps.slice(step).map(({ reward }) => reward));
          expect(other.forkedRewards).toHaveLength(other.rewards.length);
          expect(other.forkedRewards).not.toEqual(other.rewards);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe("languages", () => {
  test("every language says everything, in its own words", () => {
    const [english, spanish] = [said(LANGUAGES.en), said(LANGUAGES.es)];
    expect(spanish.map(([name]) => name)).toEqual(english.map(([name]) => name));
    expect(Object.keys(LANGUAGES.es.parameter)).toEqual(Object.keys(SLIDERS));
    for (const [at, [name, words]] of spanish.entries()) {
      expect(words.trim(), name).not.toBe("");
      expect(words, name).not.toBe(english[at]![1]);
      expect(words.match(/⟨.⟩/g)?.toSorted(), name).toEqual(english[at]![1].match(/⟨.⟩/g)?.toSorted());
    }
  });

  test("the first language of the browser that there is", () => {
    expect(languageOf(["fr-FR", "es-AR", "en"])).toBe("es");
    expect(languageOf(["EN-gb", "es"])).toBe("en");
    expect(languageOf(["constructor", "de"])).toBe("en");
    expect(languageOf([])).toBe("en");
  });

  test("charts have titles, labels and descriptions in the language, and the room that is kept for them", async () => {
    const { world, policies: compared } = readyOf();
    const comparison = (await compare(world, compared, { users: 500 })) as Comparison;
    for (const id of ["totals", "differences", "satisfaction", "engagement", "distribution"] as ChartId[]) {
      const [english, spanish] = [LANGUAGES.en, LANGUAGES.es].map((words) => chartOf(id, comparison, 1400, words));
      expect(spanish!.title).not.toBe(english!.title);
      expect(spanish!.description).not.toMatch(/\b(interval|users?|of|by|at|from)\b/);
      expect(spanish!.description).toContain("mix(2): ".slice(0, 6));
      expect(heightOf(id, 2)).toBe(english!.height + (english!.legend.length > 0 ? 28 : 0));
    }
  });
});
