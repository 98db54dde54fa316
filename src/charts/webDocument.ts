/** The page's document; Plot makes elements with it, and puts none of them into the page. */
export function openDocument(): Document {
  return document;
}
