import type { Show } from "../display/displayed.js";

/** Shows a result; what draws charts is loaded for the first. */
export const show: Show = async (result) => (await import("./showResult.js")).showResult(result);
