import type { Json } from "../check/json.js";
import { refuse } from "../check/refuse.js";
import type { Agent, AgentSpaces, CreateAgent } from "./agent.js";
import { agentOptionMistakes } from "./drawing.js";
import { readSnapshot, takeSnapshot, type Owner } from "./snapshots.js";

/** Shows the first candidates. */
export function first(): CreateAgent {
  return (spaces, options = {}) => {
    refuse(agentOptionMistakes(options));
    return new FirstAgent(spaces);
  };
}

class FirstAgent implements Agent {
  private readonly owner: Owner = { agent: "first", settings: {} };
  private readonly slateSize: number;

  constructor({ actionSpace }: AgentSpaces) {
    this.slateSize = actionSpace.slateSize;
  }

  beginEpisode(): number[] {
    return this.step();
  }

  step(): number[] {
    return Array.from({ length: this.slateSize }, (_, position) => position);
  }

  endEpisode(): void {}

  snapshot(): Json {
    return takeSnapshot(this.owner, {});
  }

  restore(snapshot: Json): void {
    readSnapshot(snapshot, this.owner, {});
  }
}
