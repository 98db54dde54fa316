// Truth values of world files: what the types of a built world say of them, and what is there.
import { expect, test } from "vitest";
import { makeEnv, policies, trace } from "../../src/index.js";
import { declarationText } from "../../src/worldFiles/declaration.js";
import { checked, referenceWorld } from "../support/worldReadings.js";

const program = checked(`import { multinomialLogit } from "slatesim/world";
import type { Draws, bool, f64 } from "slatesim/world";
export const slateSize = 2;
export const numCandidates = 3;
export const timeBudget = 40;
export const choice = multinomialLogit(0);
export class Parameters { isStrict: bool = true; }
export const parameters = new Parameters();
export class Document { isExplicit: bool = false; }
export class User { isMinor: bool = true; isGone: bool = false; }
export class Response { isSkipped: bool = false; }
export class UserObservation { isMinor: bool = false; }
export function sampleDocument(document: Document, draws: Draws): void { document.isExplicit = draws.uniform() < 0.5; }
export function sampleUser(user: User, draws: Draws): void { user.isMinor = draws.uniform() < 0.5; }
export function score(user: User, document: Document): f64 {
  return document.isExplicit == user.isMinor && parameters.isStrict ? -5 : 0;
}
export function respond(user: User, document: Document, clicked: bool, response: Response): void {
  response.isSkipped = !clicked && user.isMinor;
}
export function reward(response: Response): f64 { return response.isSkipped ? 0 : 1; }
export function transition(user: User, document: Document, response: Response, draws: Draws): void {
  user.isGone = draws.uniform() < 0.2;
}
export function isTerminal(user: User): bool { return user.isGone; }
export function observeUser(user: User, observation: UserObservation): void { observation.isMinor = user.isMinor; }
`);
const world = referenceWorld(program);

test("observations hold truth values as 0 and 1, and the types of a built world say so; parameters are true or false", async () => {
  const types = declarationText(program);
  for (const declared of [
    "user: { readonly isMinor: 0 | 1 }",
    "doc: { readonly isExplicit: 0 | 1 }",
    "response: { readonly isSkipped: 0 | 1 }",
    "document: { readonly isExplicit: 0 | 1 }",
    "parameters: { readonly isStrict: boolean }",
  ])
    expect(types).toContain(`  readonly ${declared};\n`);
  const env = await makeEnv(world);
  const first = env.reset();
  const { observation } = env.step([0, 1]);
  const parts = [first.observation, observation].flatMap(({ user, doc, response }) => [user, doc, response ?? []]);
  const held = parts.flat() as readonly object[];
  const values = held.flatMap((record) => Object.values(record));
  expect(new Set(values)).toEqual(new Set([0, 1]));
  expect(world.parameters).toEqual({ isStrict: true });
});

test("the state of a trace holds them as 0 and 1, too, and ends an episode where isTerminal returns one", () => {
  const { initial, steps } = trace(world, policies.first(), { seed: "truth", user: 3 }) as unknown as Traced;
  const states = [initial.state, ...steps.map(({ state }) => state)];
  for (const { isMinor } of states) expect([0, 1]).toContain(isMinor);
  expect(steps.length).toBeLessThan(40);
  expect(states.map(({ isGone }) => isGone)).toEqual([...steps.map(() => 0), 1]);
});

interface Traced {
  readonly initial: { readonly state: Readonly<Record<string, unknown>> };
  readonly steps: readonly { readonly state: Readonly<Record<string, unknown>> }[];
}
