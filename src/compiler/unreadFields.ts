import { drawPlanOf } from "./drawPlan.js";
import type { RecordReference, Statement, WorldFunction, WorldProgram } from "./program.js";
import { walk } from "./walk.js";

/**
 * Returns `sampleDocument` without what it writes to fields that no function reads; itself if there are none. Draws have addresses, so leaving
 * some out shifts no others. As documents are not in the digest, nobody can tell, but a policy that ranks by such a field.
 */
export function withoutUnreadFields({ functions, order }: WorldProgram): WorldFunction {
  const { sampleDocument } = functions;
  if (drawPlanOf(sampleDocument) === undefined) return sampleDocument;
  const read = new Set<string>();
  for (const made of order) walk(made.body, { read: (record, field) => isDocument(made, record) && read.add(field) });
  if (!sampleDocument.body.some((each) => isUnread(each, read))) return sampleDocument;
  const body = sampleDocument.body.map((each) => (isUnread(each, read) ? skipped(sampleDocument, each) : each));
  return { ...sampleDocument, body };
}

/** Only statements outside of branches: the others draw nothing where draws are known. */
function isUnread(each: Statement, read: ReadonlySet<string>): boolean {
  if (each.kind !== "assign" || each.target.kind !== "field" || read.has(each.target.field.name)) return false;
  let mayFail = false;
  walk([each], {
    expression: (given) => (mayFail ||= given.kind === "integerDraw" && given.range.kind !== "number"),
    call: () => (mayFail = true),
  });
  return !mayFail;
}

function skipped(made: WorldFunction, each: Statement): Statement {
  return { kind: "skip", draws: drawPlanOf({ ...made, body: [each] })!.length };
}

function isDocument({ parameters }: WorldFunction, record: RecordReference): boolean {
  if (record.kind !== "argument") return false;
  const type = parameters.find(({ name }) => name === record.name)?.type;
  return typeof type === "object" && type.name === "Document";
}
