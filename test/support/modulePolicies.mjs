// Policies as somebody's own module has them: plain JavaScript that workers can load too.

/** Shows the candidate with the least educativeness first, and the last positions after it. */
export const leastFirst = {
  name: "least first",
  fillSlates({ observation: { educativeness }, user }, slates) {
    const slateSize = slates.length / user.length;
    for (let lane = 0; lane < user.length; lane++) {
      let least = 0;
      for (let position = 1; position < educativeness.length; position++) {
        if (educativeness[position][lane] < educativeness[least][lane]) least = position;
      }
      slates[lane * slateSize] = least;
      for (let slot = 1, position = 0; slot < slateSize; position++) {
        if (position !== least) slates[lane * slateSize + slot++] = position;
      }
    }
  },
};

/** An agent that learns nothing: slots in the order of their positions. */
export default {
  name: "in order",
  createAgent: ({ actionSpace }) => {
    const slate = Array.from({ length: actionSpace.slateSize }, (_, slot) => slot);
    return { beginEpisode: () => slate, step: () => slate, endEpisode() {} };
  },
};

export const throwing = {
  name: "throwing",
  fillSlates({ user, step }, slates) {
    if (step === 1 && user.includes(20_000)) throw new Error("no more ideas");
    slates.set(Array.from(slates, (_, at) => at % (slates.length / user.length)));
  },
};

/** Ends a page's worker without a word. */
export const closing = {
  name: "closing",
  fillSlates({ user }, slates) {
    if (globalThis.WorkerGlobalScope !== undefined) globalThis.close();
    slates.set(Array.from(slates, (_, at) => at % (slates.length / user.length)));
  },
};

export const noPolicy = { name: "none" };
