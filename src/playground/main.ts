// The page: whatever its fields say is simulated, and the address bar holds all of it.
import { addressOf, experimentIn } from "./address.js";
import { Page } from "./page.js";
import { languageOf, type Language } from "./words.js";

const place = document.querySelector("main")!;
let language: Language = languageOf(navigator.languages);

function open(): void {
  document.documentElement.lang = language;
  const page = new Page({
    language,
    experiment: experimentIn(location.hash),
    changed: (experiment) => history.replaceState(null, "", `#${addressOf(experiment)}`),
    speak: (other) => {
      language = other;
      page.end();
      open();
    },
  });
  place.replaceChildren(page.element);
  current = page;
}

let current: Page | undefined;
addEventListener("hashchange", () => {
  current?.end();
  open();
});
open();
