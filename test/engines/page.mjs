const [BEGIN, END] = ["<!-- from `npm run engines -- --table` -->", "<!-- to here -->"];

/** The page with another text between the marks. */
export function pageWith(page, text) {
  const [before, , after] = partsOf(page);
  return [before, BEGIN, `\n\n${text}\n\n`, END, after].join("");
}

/** The names of the engines in the page's table, and those of its columns. */
export function namesIn(page) {
  const rows = [...partsOf(page)[1].matchAll(/^\| (.*) \|$/gm)].map(([, row]) =>
    row.split("|").map((cell) => cell.trim()),
  );
  const [head, , ...body] = rows;
  return { columns: head.slice(2), engines: body.map(([name]) => name) };
}

function partsOf(page) {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  return [page.slice(0, from), page.slice(from + BEGIN.length, to), page.slice(to + END.length)];
}
