import { shellCommand } from "../htmlReport/shellCommand.js";
import type { Experiment } from "./experiment.js";

/** The command that prints the page's figures in a terminal. */
export function commandOf({ scenario, parameters, policies, seed, users }: Experiment): string {
  return shellCommand([
    "npx",
    "slatesim",
    "compare",
    "--scenario",
    scenario,
    ...Object.entries(parameters).flatMap(([name, value]) => ["--param", `${name}=${value}`]),
    ...policies.flatMap((name) => ["--policy", name]),
    `--seed=${seed}`, // in one word, as a seed may begin with "-"
    "--users",
    String(users),
  ]);
}

/** The program that computes the page's figures. */
export function programOf({ scenario, parameters, policies, seed, users }: Experiment): string {
  const world = [scenario, ...(Object.keys(parameters).length === 0 ? [] : [parameters])];
  return [
    `import { compare, makeWorld, parsePolicy } from "slatesim";`,
    ``,
    `const world = makeWorld(${world.map((each) => JSON.stringify(each)).join(", ")});`,
    `const policies = ${JSON.stringify(policies)}.map(parsePolicy);`,
    `const comparison = await compare(world, policies, { users: ${users}, seed: ${JSON.stringify(seed)} });`,
    `for (const { policy, digest, metrics } of comparison.policies) {`,
    `  console.log(policy, digest, metrics.totalReward.mean, metrics.totalReward.ci95);`,
    `}`,
    ``,
  ].join("\n");
}
