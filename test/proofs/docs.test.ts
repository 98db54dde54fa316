// README and the pages in docs/ are the manual: every snippet, every slatesim command and every query in them must run against the
// package as it is installed.
import { describePage } from "../support/pageTests.js";
import { pages } from "../support/snippets.js";

for (const page of pages) describePage(page);
