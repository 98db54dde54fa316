import { escapeControls } from "../check/escapeControls.js";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
/** What no XML document may contain, and `escapeControls` leaves. */
const NONCHARACTERS = /[\ufffe\uffff]/g;

/** Attributes of Plot that say nothing: names of marks in English, for example. */
const LEFT_OUT: ReadonlySet<string> = new Set(["aria-label", "aria-hidden", "class"]);

/** Decimals of coordinates: a hundredth of a pixel. */
const DECIMALS = 2;

/** Returns foreign text as it stands in XML and HTML, also between quotation marks. */
export function escapeMarkup(text: string): string {
  const shown = escapeControls(text).replace(NONCHARACTERS, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
  return shown.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** Writes an element's children, the attributes by name, and coordinates rounded: the same text from every document object model. */
export function contentText(element: Element): string {
  return Array.from(element.childNodes, nodeText).join("");
}

function nodeText(node: Node): string {
  if (node.nodeType === 3) return escapeMarkup(node.textContent ?? "");
  const element = node as Element;
  const name = element.localName;
  if (node.nodeType !== 1 || name === "style") return "";
  const attributes = Array.from(element.attributes, ({ name: key, value }) => [key, value] as const)
    .filter(([key]) => !LEFT_OUT.has(key))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ` ${key}="${escapeMarkup(rounded(value))}"`);
  const content = contentText(element);
  return content === "" ? `<${name}${attributes.join("")}/>` : `<${name}${attributes.join("")}>${content}</${name}>`;
}

function rounded(value: string): string {
  return value.replace(/-?\d+\.\d+(?:e[+-]?\d+)?/g, (number) => String(Number(Number(number).toFixed(DECIMALS)) + 0));
}
