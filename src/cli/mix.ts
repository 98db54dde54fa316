import { InvalidInput, policies, simulate } from "../index.js";
import type { Run, RunOptions, LongTermSatisfactionWorld } from "../index.js";
import { describeMix, judgeMixes } from "../report/describeMix.js";
import { toJson } from "../report/json.js";
import type { Command } from "./command.js";
import { commonFlags } from "./flags.js";
import type { FlagTable } from "./flags.js";
import { parseFlags } from "./parseFlags.js";
import { outputWidth, print } from "./print.js";
import { withProgress } from "./progress.js";
import { readRunOptions, readWorld } from "./request.js";
import { worldLabel } from "./worldLabel.js";

const { policy: _everyMix, ...otherFlags } = commonFlags;
const flags = {
  ...otherFlags,
  scenario: { ...commonFlags.scenario, default: "lts-tradeoff" },
  users: { ...commonFlags.users, default: 1_000_000 },
} as const satisfies FlagTable;

/** `slatesim mix`: which mix of memes and educational videos keeps people engaged longest. */
export const mix: Command = {
  name: "mix",
  summary: "which mix of memes and educational videos keeps people engaged longest?",
  example: "slatesim mix --scenario lts-tradeoff --users 200000 --param slateSize=4",
  flags,
  execute,
};

async function execute(words: readonly string[]): Promise<void> {
  const { values, mistakes } = parseFlags(words, flags);
  const world = readWorld(values, mistakes);
  const options = readRunOptions(values, world, undefined, mistakes);
  if (world === undefined || mistakes.length > 0) throw new InvalidInput(mistakes);
  const [random, ...mixes] = (await simulateAll(world, options)) as [Run, ...Run[]];
  if (values.json) print(toJson(document(random, mixes)));
  else print(describeMix({ random, mixes }, worldLabel(world), outputWidth()));
}

/** The random slate, then `mix(0)` to `mix(slateSize)`, all on the same users. */
function simulateAll(world: LongTermSatisfactionWorld, options: RunOptions): Promise<Run[]> {
  const mixes = Array.from({ length: world.parameters.slateSize + 1 }, (_, m) => policies.mix(m));
  return withProgress(options.users * (1 + mixes.length), async (onProgress) => {
    const runs: Run[] = [];
    for (const policy of [policies.random(), ...mixes]) {
      const earlier = runs.length * options.users;
      runs.push(await simulate(world, policy, { ...options, onProgress: (done) => onProgress(earlier + done) }));
    }
    return runs;
  });
}

/** What all runs share, then the runs themselves, then the verdict. */
function document(random: Run, mixes: readonly Run[]): object {
  const { policy: _policy, digest: _digest, metrics: _metrics, timing: _timing, ...shared } = random;
  const { best, runnerUp, settled } = judgeMixes(mixes);
  const verdict = { best: mixes[best]!.policy, runnerUp: mixes[runnerUp]!.policy, settled };
  return { ...shared, policies: [random, ...mixes], ...verdict };
}
