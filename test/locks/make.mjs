// Makes the locks of every scenario under every policy anew: for a change that is meant to move bits, which also raises the
// stream version.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { policies, scenarios } from "#dist/index.js";

const command = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

for (const [scenario, { slateSize }] of Object.entries(scenarios)) {
  const mixes = Array.from({ length: slateSize + 1 }, (_, m) => policies.mix(m));
  for (const { name } of [
    policies.first(),
    policies.random(),
    policies.mostEducational(),
    policies.leastEducational(),
    ...mixes,
  ]) {
    const file = fileURLToPath(new URL(`${scenario}-${name}.json`, import.meta.url));
    const words = ["lock", file, "--scenario", scenario, "--policy", name, "--users", "10000"];
    execFileSync(process.execPath, [command, ...words], { stdio: "inherit" });
  }
}
