// The pages in docs/ are the manual: every snippet, every slatesim command and every query in them must run.
import { describePage } from "../support/pageTests.js";
import { pages } from "../support/snippets.js";

for (const page of pages) if (page !== "README.md") describePage(page);
