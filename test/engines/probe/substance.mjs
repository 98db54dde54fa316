/** All that a run or a comparison says, but for how long it took and with which engine. */
export function substance({ timing: _timing, engine: _engine, policies, ...rest }) {
  return { ...rest, ...(policies && { policies: policies.map(substance) }) };
}
