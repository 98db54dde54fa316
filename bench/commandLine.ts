// How long the command line takes to say something, as ratios to an empty Node process: `npm run bench:cli`.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const ROUNDS = 15;
const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** Words for Node, and the most times as long as an empty process that they may take. */
const calls: readonly (readonly [words: readonly string[], most: number])[] = [
  [["--eval", "0"], 1],
  [[main, "--version"], 2.5],
  [[main, "--help"], 2.5],
  [[main, "run", "--users", "1000"], 3.75],
];

/** Rounds of all, so that a busy moment meets each of them; the shortest is the one that nothing else disturbed. */
function shortestTimes(): number[] {
  const shortest = calls.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    calls.forEach(([words], at) => {
      const begun = performance.now();
      const { status } = spawnSync(process.execPath, words, { stdio: "ignore" });
      if (status !== 0) throw new Error(`${words.join(" ")} ended with code ${status}`);
      shortest[at] = Math.min(shortest[at]!, performance.now() - begun);
    });
  }
  return shortest;
}

const times = shortestTimes();
calls.forEach(([words, most], at) => {
  const ratio = times[at]! / times[0]!;
  const name = ["node", ...words].join(" ").replace(`node ${main}`, "slatesim");
  console.log(`${name.padEnd(24)} ${times[at]!.toFixed(0).padStart(5)} ms  ${ratio.toFixed(2)} (at most ${most})`);
  if (ratio > most) process.exitCode = 1;
});
