// The page: whatever its fields say is simulated, and the address bar holds all of it.
import { addressOf, experimentIn, sourceIn } from "./address.js";
import { Page } from "./page.js";
import { languageOf, type Language } from "./languages.js";

const place = document.querySelector("main")!;
let language: Language = languageOf(navigator.languages);

function open(): void {
  document.documentElement.lang = language;
  const page = new Page({
    language,
    experiment: experimentIn(location.hash),
    source: sourceIn(location.hash),
    changed: (experiment, source) => history.replaceState(null, "", `#${addressOf(experiment, source)}`),
    finished: keepFiles,
    speak: (other) => {
      language = other;
      page.end();
      open();
    },
  });
  place.replaceChildren(page.element);
  current = page;
}

/** Keeps the page's files for a time without a network; a page without https, or from a development server, goes on without. */
function keepFiles(): void {
  navigator.serviceWorker?.register("offline.js").catch(() => {});
}

let current: Page | undefined;
addEventListener("hashchange", () => {
  current?.end();
  open();
});
open();
