import { trace, type BuiltInPolicy } from "../index.js";
import { element } from "./element.js";
import type { ReadyExperiment } from "./experiment.js";
import type { Words } from "./words.js";

/** Users that are shown as points. */
const SHOWN = 200;
/** Milliseconds after which the page has room for input. */
const AT_ONCE = 8;
const SIZE = 320;
const MARGIN = 12;
const NAMESPACE = "http://www.w3.org/2000/svg";

/** The first users as points: the return under one policy across, under another up. A click chooses the nearest. */
export class People {
  readonly element: HTMLElement;
  private readonly words: Words;
  private readonly hint = element("p", { class: "hint" });
  private readonly svg = document.createElementNS(NAMESPACE, "svg");
  private returns: (readonly [number, number])[] = [];

  constructor(words: Words, choose: (user: number) => void) {
    this.words = words;
    this.svg.setAttribute("viewBox", `0 0 ${SIZE} ${SIZE}`);
    this.svg.setAttribute("class", "people");
    this.svg.setAttribute("role", "img");
    this.svg.addEventListener("click", (event) => {
      const nearest = this.nearest(event);
      if (nearest !== undefined) choose(nearest);
    });
    this.element = element("div", {}, this.hint, this.svg);
  }

  /** Simulates the first users under the first two policies, a few at a time, until the signal ends it. */
  async show(experiment: ReadyExperiment, signal: AbortSignal): Promise<void> {
    const [a, b] = experiment.policies as readonly [BuiltInPolicy, BuiltInPolicy];
    const count = Math.min(SHOWN, experiment.users);
    const text = this.words.peopleHint(count, a.name, b.name);
    this.hint.textContent = text;
    this.svg.setAttribute("aria-label", text);
    const returns: [number, number][] = [];
    while (returns.length < count) {
      await new Promise((resolve) => setTimeout(resolve));
      if (signal.aborted) return;
      const end = performance.now() + AT_ONCE;
      while (returns.length < count && performance.now() < end) {
        const user = returns.length;
        returns.push([returnOf(experiment, a, user), returnOf(experiment, b, user)]);
      }
    }
    this.returns = returns;
    this.draw();
  }

  /** Marks the point of a user, if it is shown. */
  mark(user: number): void {
    for (const [place, point] of [...this.svg.querySelectorAll("circle")].entries()) {
      point.classList.toggle("chosen", place === user);
    }
  }

  private draw(): void {
    const line = document.createElementNS(NAMESPACE, "line");
    const ends = { x1: MARGIN, y1: SIZE - MARGIN, x2: SIZE - MARGIN, y2: MARGIN };
    for (const [name, value] of Object.entries(ends)) line.setAttribute(name, String(value));
    const points = this.places().map(({ x, y }) => {
      const point = document.createElementNS(NAMESPACE, "circle");
      for (const [name, value] of Object.entries({ cx: x, cy: y, r: 3.5 })) point.setAttribute(name, value.toFixed(2));
      return point;
    });
    this.svg.replaceChildren(line, ...points);
  }

  /** Where the points are: one scale for both axes, so that the diagonal is where both policies bring the same. */
  private places(): { readonly x: number; readonly y: number }[] {
    const all = this.returns.flat();
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const scale = (SIZE - 2 * MARGIN) / (high - low || 1);
    return this.returns.map(([a, b]) => ({ x: MARGIN + (a - low) * scale, y: SIZE - MARGIN - (b - low) * scale }));
  }

  private nearest(event: MouseEvent): number | undefined {
    const box = this.svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * SIZE;
    const y = ((event.clientY - box.top) / box.height) * SIZE;
    const distances = this.places().map((place) => (place.x - x) ** 2 + (place.y - y) ** 2);
    return distances.length === 0 ? undefined : distances.indexOf(Math.min(...distances));
  }
}

function returnOf({ world, seed }: ReadyExperiment, policy: BuiltInPolicy, user: number): number {
  return trace(world, policy, { user, seed }).steps.reduce((sum, { reward }) => sum + reward, 0);
}
