import { DEFAULT_EXPERIMENT, type Experiment } from "./experiment.js";

const OWN_FIELDS: ReadonlySet<string> = new Set(["scenario", "policy", "seed", "users", "source"]);

/**
 * The experiment as the part of an address after "#": `scenario=lts&sensitivity=0.05&policy=random&policy=mix(2)&seed=0&users=1000000`.
 * `source`, if any, is a packed world file.
 */
export function addressOf({ scenario, parameters, policies, seed, users }: Experiment, source?: string): string {
  const fields: readonly (readonly [string, string])[] = [
    ["scenario", scenario],
    ...Object.entries(parameters).map(([name, value]) => [name, String(value)] as const),
    ...(policies.length === 0 ? [""] : policies).map((name) => ["policy", name] as const),
    ["seed", seed],
    ["users", String(users)],
    ...(source === undefined ? [] : [["source", source] as const]),
  ];
  return new URLSearchParams(fields as [string, string][]).toString();
}

/** Returns the experiment in an address, the default one for an empty address. What is wrong in it stays in it, for `prepare` to name. */
export function experimentIn(address: string): Experiment {
  const fields = new URLSearchParams(address.replace(/^#/, ""));
  if ([...fields].length === 0) return DEFAULT_EXPERIMENT;
  const policies = fields.getAll("policy");
  const users = fields.get("users");
  return {
    scenario: fields.get("scenario") ?? DEFAULT_EXPERIMENT.scenario,
    parameters: Object.fromEntries(
      [...fields].filter(([name]) => !OWN_FIELDS.has(name)).map(([name, text]) => [name, numberIn(text)]),
    ),
    policies: policies.length === 0 ? DEFAULT_EXPERIMENT.policies : policies.filter((name) => name !== ""),
    seed: fields.get("seed") ?? DEFAULT_EXPERIMENT.seed,
    users: users === null ? DEFAULT_EXPERIMENT.users : numberIn(users),
  };
}

/** The packed world file in an address. */
export function sourceIn(address: string): string | undefined {
  return new URLSearchParams(address.replace(/^#/, "")).get("source") ?? undefined;
}

/** The number that a text is; NaN for an empty one too. */
export function numberIn(text: string): number {
  return text.trim() === "" ? NaN : Number(text);
}
