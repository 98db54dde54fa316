/** A page has no kernel of a notebook, and does without what draws charts. */
export const show = undefined;
