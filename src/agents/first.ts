import type { CreateAgent } from "./agent.js";
import { validatedAgent } from "./validatedAgent.js";
import { stateless } from "./stateless.js";

/** Shows the first candidates. */
export function first(): CreateAgent {
  return validatedAgent("first", ({ actionSpace: { slateSize, numCandidates } }) => {
    const length = Math.min(slateSize, numCandidates); // slates with repeats may be longer
    const slate = Array.from({ length }, (_, position) => position);
    return stateless({ agent: "first", settings: {} }, () => [...slate]);
  });
}
