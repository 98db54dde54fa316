import type { Experiment } from "./experiment.js";

/** The command that prints the page's figures in a terminal. */
export function commandOf({ scenario, parameters, policies, seed, users }: Experiment): string {
  const words = [
    "--scenario",
    scenario,
    ...Object.entries(parameters).flatMap(([name, value]) => ["--param", `${name}=${value}`]),
    ...policies.flatMap((name) => ["--policy", name]),
    `--seed=${seed}`, // in one word, as a seed may begin with "-"
    "--users",
    String(users),
  ];
  return ["npx slatesim compare", ...words.map(quoted)].join(" ");
}

/** A word as a shell reads it: unchanged if nothing in it has a meaning there. */
function quoted(word: string): string {
  return /^[\w.,:=@%+/-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
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
