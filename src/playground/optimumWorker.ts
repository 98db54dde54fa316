// Solves worlds beside the page, which stays responsive.
import { makeWorld, solve, type PlainParameters } from "../index.js";
import type { OptimumQuestion } from "./optimum.js";

addEventListener("message", async ({ data }: MessageEvent<OptimumQuestion>) => {
  const { id, scenario, parameters } = data;
  try {
    const { value } = await solve(makeWorld(scenario, parameters as Partial<PlainParameters>));
    postMessage({ id, value });
  } catch {
    postMessage({ id, value: null }); // a world that has no solution: its episodes end by a choice, or it is too large
  }
});
