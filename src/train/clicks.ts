/** Clicks in responses, for worlds whose responses report them. */
export interface Clicks {
  /** Whether any response has a `click`. */
  readonly reported: boolean;
  /** Slot of the first response that is a click; null when none is. */
  readonly choice: number | null;
  /** Engagement summed over the clicked documents; null if responses have no number `engagement`. */
  readonly engagement: number | null;
}

export function readClicks(responses: readonly unknown[]): Clicks {
  const fields = responses.map((response) => (response ?? {}) as { click?: unknown; engagement?: unknown });
  const choice = fields.findIndex(isClick);
  const engaging = fields.some(({ engagement }) => typeof engagement === "number");
  const engagements = fields
    .filter(isClick)
    .map((field) => (typeof field.engagement === "number" ? field.engagement : 0));
  return {
    reported: fields.some(({ click }) => click !== undefined),
    choice: choice === -1 ? null : choice,
    engagement: engaging ? engagements.reduce((total, each) => total + each, 0) : null,
  };
}

function isClick({ click }: { readonly click?: unknown }): boolean {
  return click === 1 || click === true;
}
