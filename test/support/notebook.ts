const METADATA = {
  kernelspec: { display_name: "Deno", language: "typescript", name: "deno" },
  language_info: { file_extension: ".ts", mimetype: "text/x.typescript", name: "typescript" },
};

/**
 * Returns the Jupyter notebook (format 4.5) of a page, as text: a code cell for each block of TypeScript, and Markdown cells with what
 * is between them, other blocks included. Its links lead from a folder below the page's.
 */
export function notebookOf(page: string): string {
  const parts = page.split(/^```ts\n([\s\S]*?)^```$/m); // Markdown and TypeScript in turn
  const cells = parts.flatMap((part, index) => {
    const text = part.trim();
    if (text === "") return [];
    return index % 2 === 0
      ? [{ cell_type: "markdown", id: `cell-${index}`, metadata: {}, source: linesOf(linksFromBelow(text)) }]
      : [codeCell(`cell-${index}`, text)];
  });
  return `${JSON.stringify({ cells, metadata: METADATA, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

function codeCell(id: string, code: string): object {
  return { cell_type: "code", id, metadata: {}, source: linesOf(code), execution_count: null, outputs: [] };
}

function linksFromBelow(markdown: string): string {
  return markdown.replace(/\]\((?!\w+:|#)/g, "](../");
}

/** Lines with their line breaks, as the format has them. */
function linesOf(text: string): string[] {
  return text.match(/.*\n|.+$/g) ?? [];
}
