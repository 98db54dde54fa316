import { escapeControls } from "../../check/escapeControls.js";
import { reasonOf } from "../../check/reasonOf.js";
import { CORPUS_STREAM, wordSource, type WordSource } from "../../random/address.js";
import type { Key } from "../../random/seedKey.js";
import type { Candidates } from "../../world/openWorld.js";
import type { WorldDefinition } from "./definition.js";
import { drawsFor } from "./drawBlocks.js";

type CandidateParts<Document, State> = Pick<
  WorldDefinition<State, unknown, Document, unknown, unknown, unknown>,
  "name" | "documents" | "numCandidates" | "resample"
>;

/** Returns a sampler of the candidates of any source of draws, under a seed's key. */
export function candidatesUnder<State, Document, Doc>(
  { name, documents: sampler, numCandidates, resample = "step" }: CandidateParts<Document, State>,
  key: Key,
): (source: WordSource, user?: { readonly state: unknown }) => Candidates<Document, Doc> {
  const drawnAt = (step: number): number => (resample === "step" ? step : 0);
  type Owner = { readonly state: unknown } | undefined;
  const drawOne = (source: WordSource, owner: Owner, step: number, position: number): Document => {
    const state = resample === "step" ? (owner?.state as State) : undefined; // of candidates that stay, the state may have changed since
    return sampler.sample(drawsFor(source, "document", step, position), step * numCandidates + position, state);
  };
  const draw = (source: WordSource, owner: Owner, step: number): Document[] => {
    const documents: Document[] = []; // pushed, as `Array.from` takes many times as long
    for (let position = 0; position < numCandidates; position++) documents.push(drawOne(source, owner, step, position));
    return documents;
  };
  const corpus =
    resample === "never"
      ? sharedDocuments(name, () => draw(wordSource(key, CORPUS_STREAM, 0), undefined, 0))
      : undefined;
  return (source, owner) => ({
    documents: (step) => corpus ?? draw(source, owner, drawnAt(step)),
    document: (step, position) => (corpus ? corpus[position]! : drawOne(source, owner, drawnAt(step), position)),
    firstId: (step) => drawnAt(step) * numCandidates,
  });
}

/** Wraps an error of the sampler: no user and no step is to blame. */
function sharedDocuments<Document>(name: string, draw: () => Document[]): Document[] {
  try {
    return draw();
  } catch (error) {
    const reason = `world "${name}" failed to sample the documents that all users share: ${reasonOf(error)}`;
    throw new Error(escapeControls(reason), { cause: error });
  }
}
