import { addressText } from "../check/addressText.js";
import { expectedMistake } from "../check/mistakes.js";
import type { WorkerUrlMistake } from "./workerAddress.js";

/** In a page `workerUrl` is absolute, or relative to the page. */
export const workerUrlMistake: WorkerUrlMistake = (url) => {
  const text = addressText(url);
  const legal = url === undefined || (text !== undefined && text !== "" && URL.canParse(text, location.href));
  return legal ? undefined : expectedMistake("workerUrl", "the address of a worker, as a text or a URL", url);
};
