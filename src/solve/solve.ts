import { refuse } from "../check/refuse.js";
import { displayed } from "../display/displayed.js";
import { policies } from "../policies/policies.js";
import { rewardWeights } from "../statistics/rewardWeights.js";
import { yieldNowAndThen } from "../studies/callingThread.js";
import type { ScalarStateModel } from "../world/scalarState.js";
import { keepPlan } from "../world/slatePlan.js";
import type { World } from "../world/world.js";
import type { WorldTypes } from "../world/worldTypes.js";
import { bestMixes, heldValue, myopicValue, valueUnder } from "./bestMixes.js";
import { estimateOf } from "./estimate.js";
import type { Optimum } from "./optimum.js";
import { planFrom } from "./plan.js";
import { keepModel } from "./models.js";
import { optimumOf, refine, type Pause } from "./refine.js";
import { sample, type Problem, type Sample } from "./sample.js";
import type { Solution } from "./solution.js";
import { solveMistakes, solveOptionsOnce, type SolveOptions } from "./solveOptions.js";

/** Independent samples of candidate sets, whose spread measures the error. */
const SAMPLES = 8;
/** Numbers of steps for which a mix may be held. */
const HELD_FOR = [2, 3, 5, 10, 20];

/**
 * Solves a world whose users' state is one number: returns the value of the best slates for somebody who knows every user's state, the
 * value of every built-in policy, and which mix is best when. By dynamic programming over state and steps left; the mean over candidate
 * sets by quasi-Monte-Carlo. The same arguments give the same numbers everywhere. Rejects with `InvalidInput`, every error at once, also
 * for a world of another kind.
 */
export async function solve<T extends WorldTypes>(world: World<T>, given: SolveOptions = {}): Promise<Solution<T>> {
  const start = performance.now();
  const options = solveOptionsOnce(given);
  refuse(solveMistakes(world as World, options));
  const { scenario, parameters, hash, timeBudget, slateSize, numCandidates } = world;
  const { steps = timeBudget, discount = 1, warmUp = 0, gridSize } = options;
  const { perStep: weights } = rewardWeights(steps, discount, warmUp);
  const problem: Problem = { model: world.scalarState!() as ScalarStateModel, slateSize, numCandidates, weights };
  const { solved, plan } = await solveProblem(problem, gridSize, pauseUnder(options, steps));
  const solution: Solution<T> = displayed({
    scenario,
    parameters,
    world: hash,
    steps,
    ...(discount !== 1 && { discount }),
    ...(warmUp !== 0 && { warmUp }),
    ...solved,
    timing: { seconds: (performance.now() - start) / 1000 },
  });
  keepModel(solution, problem.model);
  keepPlan(solution, { world: hash, steps, ...plan });
  return solution;
}

async function solveProblem(problem: Problem, gridSize: number | undefined, pause: Pause) {
  const { grid, refinements } = await refine(problem, gridSize, pause);
  const samples = Array.from({ length: SAMPLES }, (_, number) => sample(problem, grid, number));
  const optima: Optimum[] = [];
  for (const each of samples) optima.push(await optimumOf(problem, grid, each, pause));
  const byState = samples.map(({ mixes }) => bestMixes(grid, mixes, problem.weights));
  const random = estimateOf(samples.map((each) => valueUnder(grid, each.random, problem.weights)));
  const mixes = samples[0]!.mixes.map((_, fromTop) => {
    return estimateOf(samples.map((each) => valueUnder(grid, each.mixes[fromTop]!, problem.weights)));
  });
  const meanOver = (value: (mixes: Sample["mixes"]) => number): number => {
    return estimateOf(samples.map((each) => value(each.mixes))).value;
  };
  const optimum = estimateOf(optima.map(({ value }) => value));
  const table = estimateOf(byState.map(({ value }) => value));
  const gridError = refinements.at(-1)!.change!;
  const solved = {
    value: optimum.value,
    valueError: optimum.error + gridError,
    tableValue: table.value,
    myopicValue: meanOver((each) => myopicValue(grid, each, problem.weights)),
    heldValues: HELD_FOR.filter((length) => length <= problem.weights.length).map((length) => {
      return { length, value: meanOver((each) => heldValue(grid, each, problem.weights, length)) };
    }),
    policies: {
      [policies.first().name]: random.value, // of candidates in no order the first are random ones
      [policies.random().name]: random.value,
      ...Object.fromEntries(mixes.map(({ value }, fromTop) => [policies.mix(fromTop).name, value])),
    },
    policyError: Math.max(table.error, random.error, ...mixes.map(({ error }) => error)) + gridError,
    table: { stateName: problem.model.stateName, states: byState[0]!.states, mix: byState[0]!.mix },
    refinements,
  };
  return { solved, plan: planFrom(problem, grid, optima) };
}

/** Reports progress and yields to the event loop now and then. Grids take about as many steps as two samples. */
function pauseUnder({ signal, onProgress }: SolveOptions, steps: number): Pause {
  signal?.throwIfAborted();
  const expected = (SAMPLES + 2) * steps;
  let done = 0;
  const yieldOften = yieldNowAndThen(signal ?? new AbortController().signal);
  return () => {
    done += 1;
    return yieldOften(() => onProgress?.(done, Math.max(done, expected)));
  };
}
