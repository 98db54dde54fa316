import { drawFigure } from "../charts/drawFigure.js";
import { WIDTH, type Figure } from "../charts/figure.js";
import type { Drawing } from "../charts/plotLibrary.js";
import { element } from "./element.js";

/** A place for a chart, with room for it before it is there, so that nothing moves when it comes. */
export class ChartPlace {
  readonly element: HTMLElement;
  private readonly id: string;
  private readonly caption = element("figcaption", {}, "\u00a0");
  private readonly drawing = element("div", { class: "drawing" });

  constructor(id: string) {
    this.id = id;
    this.element = element("figure", { class: "chart", id: `chart-${id}` }, this.caption, this.drawing);
  }

  /** `height` of a chart that is `WIDTH` wide. */
  makeRoom(height: number): void {
    this.drawing.style.setProperty("--shape", `${WIDTH} / ${height}`);
  }

  show(figure: Figure, drawing: Drawing): void {
    this.caption.textContent = figure.title;
    this.drawing.innerHTML = drawFigure(figure, drawing, { alone: false, id: `drawn-${this.id}` }); // names in it are escaped
  }

  clear(): void {
    this.caption.textContent = "\u00a0";
    this.drawing.replaceChildren();
  }
}
