// One model written twice: as a world file, and by hand with `defineWorld`. The choice model is given, and when candidates are drawn.
import type { ChoiceModel } from "../../src/choice/choiceModel.js";
import { defineWorld, spaces, type World } from "../../src/index.js";

/** Text of the world file. `choice`: a call, which may name parameters. `lines`: further constants. */
export function worldFile(choice: string, lines = ""): string {
  return `import { Draws, exponentialCascade, f64, i32, multinomialLogit, proportionalCascade } from "slatesim/world";
export const name = "twice";
export const slateSize = 3;
export const numCandidates = 7;
export const timeBudget = 12;
${lines}
export class Parameters { scoreScaling: f64 = 0.05; attentionProbability: f64 = 0.8; }
export const parameters = new Parameters();
export const choice = ${choice};
export class Document { unread: f64 = 0; quality: f64 = 0; topic: i32 = 0; }
export class User { interest: f64 = 0; taste: i32 = 0; }
export class Response { minutes: f64 = 0; }
export function sampleDocument(document: Document, draws: Draws): void {
  document.unread = draws.normal();
  document.quality = draws.uniform();
  document.topic = draws.integer(3);
}
export function sampleUser(user: User, draws: Draws): void {
  user.interest = draws.uniform();
  user.taste = draws.integer(3);
}
export function score(user: User, document: Document): f64 {
  return user.interest * document.quality + (document.topic == user.taste ? 0.5 : 0);
}
export function respond(user: User, document: Document, clicked: bool, response: Response, draws: Draws): void {
  response.minutes = clicked ? document.quality + draws.uniform() : 0;
}
export function reward(response: Response): f64 { return response.minutes; }
export function transition(user: User, document: Document, response: Response, draws: Draws): void {
  user.interest = 0.9 * user.interest + 0.2 * document.quality * response.minutes + 0.1 * draws.normal();
}
export function transitionWithoutClick(user: User): void { user.interest -= 0.05; }
export function isTerminal(user: User): bool { return user.interest < -0.2; }
export function rank(document: Document): f64 { return document.quality; }
`;
}

/** The same world by hand. */
export function worldByHand(choice: ChoiceModel, resample: "step" | "episode" | "never" = "step"): World {
  return defineWorld({
    name: "twice",
    slateSize: 3,
    numCandidates: 7,
    timeBudget: 12,
    resample,
    documents: {
      space: new spaces.Dict({
        unread: new spaces.Box({ low: -Infinity, high: Infinity }),
        quality: new spaces.Box({ low: 0, high: 1 }),
        topic: new spaces.Discrete(3),
      }),
      sample: (draws) => ({ unread: draws.normal(), quality: draws.uniform(), topic: draws.integer(3) }),
      rank: ({ quality }) => quality,
    },
    users: {
      space: new spaces.Dict({}),
      sample: (draws) => ({ interest: draws.uniform(), taste: draws.integer(3) }),
      observe: () => ({}),
      scoreDocument: ({ interest, taste }, { quality, topic }) => interest * quality + (topic === taste ? 0.5 : 0),
      transition: ({ interest, taste }, { clicked }, draws) => {
        if (clicked === null) return { interest: interest - 0.05, taste };
        const gain = 0.2 * clicked.document.quality * clicked.response.minutes;
        return { interest: 0.9 * interest + gain + 0.1 * draws.normal(), taste };
      },
      isTerminal: ({ interest }) => interest < -0.2,
    },
    choice,
    responses: {
      space: new spaces.Dict({ minutes: new spaces.Box({ low: 0, high: Infinity }) }),
      respond: (_state, { quality }, isClicked, draws) => ({ minutes: isClicked ? quality + draws.uniform() : 0 }),
    },
    reward: (responses) => responses.reduce((sum, { minutes }) => sum + minutes, 0),
  }) as unknown as World;
}
