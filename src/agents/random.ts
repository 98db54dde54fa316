import type { Json } from "../check/json.js";
import { uniformPropensity } from "../spaces/propensity.js";
import type { Slate } from "../spaces/slate.js";
import type { Agent, AgentOptions, AgentSpaces, CreateAgent } from "./agent.js";
import { validatedAgent } from "./validatedAgent.js";
import { Drawing, drawingRules, type DrawingState } from "./drawing.js";
import { readSnapshot, takeSnapshot, type SnapshotHeader } from "./snapshots.js";

/** Shows any full slate, all as likely (RecSim's RandomAgent). */
export function random(): CreateAgent {
  return validatedAgent("random", (spaces, options) => new RandomAgent(spaces, options));
}

class RandomAgent implements Agent {
  private readonly header: SnapshotHeader = { agent: "random", settings: {} };
  private readonly actionSpace: Slate;
  private readonly drawing: Drawing;

  constructor({ actionSpace }: AgentSpaces, options: AgentOptions) {
    this.actionSpace = actionSpace;
    this.drawing = new Drawing(options);
  }

  beginEpisode(): number[] {
    return this.step();
  }

  step(): number[] {
    return this.actionSpace.sample(this.drawing.next());
  }

  endEpisode(): void {
    this.drawing.endEpisode();
  }

  slatePropensity(): number {
    return uniformPropensity(this.actionSpace);
  }

  snapshot(): Json {
    return takeSnapshot(this.header, this.drawing.state);
  }

  restore(snapshot: Json): void {
    this.drawing.state = readSnapshot<DrawingState>(snapshot, this.header, drawingRules);
  }
}
