import { policies, type BuiltInPolicy, type World } from "../../index.js";
import { shellCommand } from "../../htmlReport/shellCommand.js";
import type { ReadyExperiment } from "../experiment.js";

/** Steps of an episode in a world whose file says none. */
const STEPS = 300;

/** How many users are simulated in a compiled world, and under which seed. */
export type Settings = Pick<ReadyExperiment, "seed" | "users">;

/** Returns the comparison that the page makes in a compiled world; the others are compared with the random policy. */
export function compiledExperiment(world: World, { seed, users }: Settings): ReadyExperiment<World> {
  const compared = [policies.random(), policies.first(), ...mixesFor(world)];
  const steps = Number.isFinite(world.timeBudget) ? {} : { steps: STEPS };
  return { world, policies: compared, seed, users, ...steps };
}

/** Mixes of no document of the highest rank, half a slate of them, and a slate of them; none in a world that ranks no documents. */
function mixesFor({ rank, slateSize }: World): BuiltInPolicy[] {
  if (rank === undefined) return [];
  return [...new Set([0, Math.ceil(slateSize / 2), slateSize])].map((fromTop) => policies.mix(fromTop));
}

/** The name under which a world file is kept. */
export function fileOf(worldName: string): string {
  return `${worldName.replaceAll(/[^\w-]+/g, "-")}.world.ts`;
}

/** The command that prints the page's digests in a terminal, beside the world file. */
export function compiledCommandOf(
  { policies: compared, seed, users, steps }: ReadyExperiment<World>,
  file: string,
): string {
  return shellCommand([
    "npx",
    "slatesim",
    "compare",
    "--world",
    file,
    ...compared.flatMap(({ name }) => ["--policy", name]),
    `--seed=${seed}`, // in one word, as a seed may begin with "-"
    "--users",
    String(users),
    ...(steps === undefined ? [] : ["--steps", String(steps)]),
  ]);
}
