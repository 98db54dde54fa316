// A run in a page: two workers simulate 100,000 users, the page shows how far they are, and then the mean with its interval.
//
//   npm install slatesim && npm install --save-dev vite
//   npx vite examples/page            # while you write
//   npx vite build examples/page      # files for a server, in examples/page/dist
import { policies, scenarios, simulate } from "slatesim";

const progress = document.querySelector<HTMLProgressElement>("#progress")!;
const result = document.querySelector("#result")!;

const { metrics, digest, timing } = await simulate(scenarios["lts-tradeoff"], policies.mix(2), {
  users: 100_000,
  seed: 7,
  workers: 2,
  onProgress: (done, expected) => {
    progress.value = done / expected;
  },
});
const { mean, ci95 } = metrics.totalEngagement;
const interval = ci95.map((end) => end.toFixed(2)).join(" to ");
result.textContent = `${mean.toFixed(2)} s of engagement per user, 95 % interval ${interval}, digest ${digest}, ${timing.workers} workers`;
