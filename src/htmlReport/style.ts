import { colourVariables } from "../charts/palette.js";

/** The style of a report: one column on a phone, two where there is room; on paper no chart is torn apart. */
export const STYLE = `${colourVariables(":root")}
:root { color-scheme: light dark }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 68rem; padding: 1rem; background: var(--background); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25 }
h2 { font-size: 1.15rem; margin: 0 0 .5rem }
main { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); gap: 1.5rem }
section { min-width: 0 }
.wide { grid-column: 1 / -1 }
svg { display: block; width: 100%; height: auto; max-width: 36rem }
svg text { white-space: pre }
.table { overflow-x: auto }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; overflow-wrap: normal }
th, td { padding: .2rem .75rem .2rem 0; text-align: right; border-bottom: 1px solid var(--quiet) }
th:first-child, td:first-child { text-align: left }
.table th, .table td { white-space: nowrap }
.facts table { table-layout: fixed; width: 100%; max-width: 48rem }
.facts th, .facts td { text-align: left; white-space: normal; overflow-wrap: anywhere }
pre { white-space: pre-wrap; border: 1px solid var(--quiet); padding: .5rem }
summary { cursor: pointer }
footer { color: var(--quiet) }
@media print { body { max-width: none; padding: 0; font-size: 10pt } section { break-inside: avoid } .facts, .facts table { break-inside: auto } details:not([open]) { display: none } .table { overflow: visible } }`;
