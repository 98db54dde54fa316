import { describe, expect, test } from "vitest";
import { agents, drawsAt, makeEnv, scenarios, type Agent, type Json } from "../../src/index.js";
import { mixedSlate } from "../../src/agents/mixedSlate.js";
import { mixAt } from "../../src/agents/policySearch/mixRule.js";
import { Search } from "../../src/agents/policySearch/search.js";
import { gainOver, goesOnFromSnapshots, learntPolicy } from "../support/learnt.js";
import { mistakesOf } from "../support/mistakesOf.js";
import { filmWorld } from "../support/ownWorlds.js";
import { play } from "../support/playing.js";

const create = agents.policySearch();
const SLATE = 3;

async function trained(name: string, episodes: number, seed: number): Promise<Agent> {
  const env = await makeEnv(scenarios[name]!, { seed });
  const agent = create(env, { seed });
  await play(agent, env, episodes);
  return agent;
}

/** A search that has played generations of episodes in which the rewards follow from the mixes. */
function searched(generations: number, steps: number, reward: (mix: number, left: number) => number): Search {
  const search = new Search(SLATE);
  const times = Array.from({ length: steps }, (_, time) => time);
  search.endEpisode({ rewards: times.map(() => 0), rest: 0, time: steps });
  while (search.state.generation < generations) {
    if (search.needsCandidates) search.drawCandidates(drawsAt({ seed: "search", step: search.state.generation }));
    const rewards = times.map((time) => reward(search.candidateMix(time), steps - time));
    search.endEpisode({ rewards, rest: 0, time: steps });
  }
  return search;
}

describe("policySearch", () => {
  test("brings more than every fixed mix where the long term counts, after 1,500 episodes", async () => {
    const agent = await trained("lts-tradeoff", 1500, 1);
    const gain = await gainOver(scenarios["lts-tradeoff"]!, 3, learntPolicy(create, agent.snapshot()), 100);
    expect(gain.mean).toBeGreaterThan(15); // of 25.3 that the optimum brings more
    expect(gain.mean).toBeGreaterThan(4 * gain.standardError);
    expect(gain.mean - 4 * gain.standardError).toBeLessThan(25.4);
  });

  test("goes on from a snapshot as if nothing had happened", async () => {
    await goesOnFromSnapshots(create, 400, 200);
  });

  test("neither searches nor learns in evalMode, and shows the mean", async () => {
    const env = await makeEnv(scenarios["lts-tradeoff"]!);
    const agent = create(env, { evalMode: true });
    const fresh = agent.snapshot() as object;
    const { observation } = env.reset();
    const numbers = observation.doc.map(({ educativeness }) => educativeness);
    expect(agent.beginEpisode(observation)).toEqual(mixedSlate(numbers, SLATE, 2));
    agent.endEpisode(5, env.step([0, 1, 2]).observation);
    expect(agent.snapshot()).toEqual({ ...fresh, episode: 1 });
    const training = create(env);
    agent.beginEpisode(observation);
    training.restore(agent.snapshot());
    training.endEpisode(5, observation);
    expect(training.snapshot()).toMatchObject({ longest: 1, played: 0, candidates: [] });
    agent.restore({ ...fresh, mean: [0.5, -9], longest: 3 });
    const shown = [agent.beginEpisode(observation), agent.step(1, observation), agent.step(1, observation)];
    expect(shown).toEqual([0, 0, 0].map((mix) => mixedSlate(numbers, SLATE, mix)));
  });

  test("counts a reward one step later γ times, and those after 1,000 steps together", async () => {
    const env = await makeEnv(scenarios["lts-tradeoff"]!);
    const agent = agents.policySearch({ discount: 0.5 })(env);
    const { observation } = env.reset();
    agent.beginEpisode(observation);
    for (let i = 0; i < 3; i++) agent.step(8, observation);
    expect(agent.snapshot()).toMatchObject({ rewards: [8, 4, 2], rest: 0, time: 3, weight: 0.125 });
    const other = agents.policySearch({ discount: 0.5 })(env);
    other.restore(agent.snapshot());
    expect(other.snapshot()).toEqual(agent.snapshot());
    const long = create(env);
    long.beginEpisode(observation);
    for (let i = 0; i < 1003; i++) long.step(i, observation);
    expect(long.snapshot()).toMatchObject({ rest: 1000 + 1001 + 1002, time: 1003 });
    long.endEpisode(0, observation);
    expect(long.snapshot()).toMatchObject({ longest: 1004, rewards: [], rest: 0, time: 0 });
  });

  test("needs a feature of the documents alone, and refuses options that it cannot have", async () => {
    const env = await makeEnv(filmWorld());
    expect(await mistakesOf(() => create(env).beginEpisode(env.reset().observation))).toEqual([
      '"observation.doc[0].educativeness" expected a finite number, got undefined',
    ]);
    const given = { feature: 1, discount: 2, gama: 1 };
    expect(await mistakesOf(() => agents.policySearch(given as never))).toHaveLength(3);
  });

  test("refuses snapshots that are not its own", async () => {
    const agent = await trained("choc-kale", 20, 0);
    const sound = agent.snapshot() as Record<string, Json>;
    const faults = {
      generation: -1,
      longest: 0.5,
      mean: [1],
      deviations: null,
      candidates: [[0, 0]],
      tails: [],
      reference: [[1, 0]],
      rewards: [null],
      rest: null,
      weight: 2,
    };
    expect(await mistakesOf(() => agent.restore({ ...sound, ...faults }))).toHaveLength(10);
    expect(agent.snapshot()).toEqual(sound);
  });
});

describe("the search", () => {
  test("finds when to turn around", () => {
    const { state } = searched(30, 12, (mix, left) => (left <= 2 ? -9 * mix : mix));
    const mixes = Array.from({ length: 12 }, (_, time) => mixAt(state.mean, time, 12, SLATE));
    expect(mixes.slice(0, 8)).toEqual([3, 3, 3, 3, 3, 3, 3, 3]);
    expect(mixes.slice(10)).toEqual([0, 0]);
    expect(Math.max(...state.deviations)).toBeLessThan(0.7); // of 1 at first
  });

  test("learns nothing of what happens before a candidate differs from the mean", () => {
    let luck = 0;
    const [lucky, usual] = [true, false].map((isLucky) =>
      // Which of the mean's own rewards are high depends on who plays, and must not matter.
      searched(1, 1, (mix) => (mix === 2 && isLucky ? ((luck += 7919) % 1000) + 1000 : mix === 2 ? 1500 : 0)),
    );
    expect(lucky!.state.mean).toEqual(usual!.state.mean);
  });

  test("begins a generation anew when episodes turn out to be longer", () => {
    const search = searched(2, 4, (mix) => mix);
    search.drawCandidates(drawsAt({ seed: 1 }));
    search.endEpisode({ rewards: [1, 1, 1, 1], rest: 0, time: 4 });
    expect(search.state.played).toBe(1);
    const { mean, deviations } = search.state;
    search.endEpisode({ rewards: [1, 1, 1, 1, 1], rest: 0, time: 5 });
    expect(search.state).toMatchObject({ generation: 2, longest: 5, candidates: [], played: 0, mean, deviations });
  });

  test("counts a shorter episode as one without rewards from there on", () => {
    const search = searched(0, 3, () => 0);
    search.drawCandidates(drawsAt({ seed: 1 }));
    search.endEpisode({ rewards: [4, 2], rest: 0, time: 2 });
    expect(search.state.reference).toEqual([
      [4, 1],
      [2, 1],
      [0, 1],
    ]);
    search.endEpisode({ rewards: [0, 0, 0], rest: 7, time: 3 });
    expect(search.state.tails.slice(0, 3)).toEqual([0, 7, 0]);
  });
});

test("a rule goes from one share to the other as the end comes near", () => {
  const times = [0, 4, 5, 6, 7, 8, 12];
  expect(times.map((time) => mixAt([1, 0], time, 8, 4))).toEqual([4, 3, 3, 2, 0, 0, 0]);
  expect(times.map((time) => mixAt([0, 9], time, 8, 4))).toEqual([4, 4, 4, 4, 4, 4, 4]);
  expect(mixAt([0.5, 9], 3, 0, 4)).toBe(2); // nothing is known of the end
});
