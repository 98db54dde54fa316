// The pictures of README.md and TUTORIAL.md are what charts show today: `npm run charts` makes them anew.
import { describe, expect, test } from "vitest";
import { chart } from "../../src/htmlReport/index.js";
import { compare, makeWorld, policies, sweep, worldGrid } from "../../src/index.js";
import { readPage } from "../support/snippets.js";

const mixes = [1, 2, 3].map((count) => policies.mix(count));
/** The comparison at the beginning of README.md, without what must be solved. */
const compared = await compare(makeWorld("lts-tradeoff"), [policies.random(), policies.mix(0), ...mixes], {
  users: 16_384,
  estimator: "controlled",
});
const vary = { sensitivity: [0.01, 0.02, 0.05, 0.1], memoryDiscount: { from: 0.7, to: 0.95, count: 6 } };
const swept = await sweep(worldGrid("lts", vary), [policies.random(), ...mixes], { users: 2048 });

const PICTURES = {
  differences: { pages: ["README.md"], drawn: await chart(compared, "differences") },
  satisfaction: { pages: ["README.md"], drawn: await chart(compared, "series", { series: "satisfaction" }) },
  sweep: { pages: ["TUTORIAL.md", "TUTORIAL.es.md"], drawn: await chart(swept, "lifts") },
};

describe.each(Object.entries(PICTURES))("images/%s.svg", (name, { pages, drawn }) => {
  test("is what the chart shows today", async () => {
    await expect(drawn).toMatchFileSnapshot(`../../images/${name}.svg`);
  });

  test.each(pages)("stands in %s with a text in its place", (page) => {
    expect(readPage(page)).toMatch(new RegExp(`^!\\[[^\\]]{40,}\\]\\(images/${name}\\.svg\\)$`, "m"));
  });
});
