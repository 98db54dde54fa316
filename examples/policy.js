// A policy of your own: it fills the slates of many users at once, in workers too, as it comes from a module.
//
// At first it shows educational videos, which make users more satisfied. In the last steps it turns to memes: they engage more,
// and the episode is over before users are worn down. That brings more than any fixed mix.
//
//   npx slatesim run --policy-module examples/policy.js#harvest --users 20000 --workers 2
//   npx slatesim compare --policy "mix(3)" --policy-module examples/policy.js#harvest --users 5000

/** The step from which memes are shown, of the 60 of an episode. */
const TURN = 56;

/** @type {import("slatesim").BatchPolicy<import("slatesim").LtsBatchObservation>} */
export const harvest = {
  name: `harvest after ${TURN}`,
  fillSlates({ user, step, observation: { educativeness } }, slates) {
    const slateSize = slates.length / user.length;
    const sign = step < TURN ? 1 : -1;
    for (let index = 0; index < user.length; index++) {
      const values = educativeness.map((ofUsers) => sign * (ofUsers[index] ?? 0));
      for (let slot = 0; slot < slateSize; slot++) {
        const best = values.indexOf(Math.max(...values));
        slates[index * slateSize + slot] = best;
        values[best] = -Infinity;
      }
    }
  },
};
