// Runs in a world of your own, which a module exports: the metrics that it declares are typed.
//
//   node examples/world.ts       # Node 22.18 or later takes TypeScript as it is; Node 20: npx tsx examples/world.ts
import { policies, simulate } from "slatesim";
import { podcasts } from "./podcasts.js";

const NAMES = ["totalReward", "episodeLength", "clickedQuality", "topicDiversity", "energy"] as const;

for (const policy of [policies.random(), policies.mostEducational()]) {
  const run = await simulate(podcasts, policy, { users: 2_000, seed: 1 });
  console.log(policy.name);
  for (const name of NAMES) {
    const { mean, ci95 } = run.metrics[name];
    console.log(`  ${name.padEnd(16)} ${mean.toFixed(3)} [${ci95.map((end) => end.toFixed(3)).join(", ")}]`);
  }
}
