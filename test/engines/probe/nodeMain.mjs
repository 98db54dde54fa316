// node nodeMain.mjs COLUMN...: for Node and hosts like it, with the package installed beside it.
import process from "node:process";
import { columns } from "./columns.mjs";
import { files } from "./files.mjs";
import { probe } from "./probe.mjs";
import { threads } from "./threads.mjs";

const all = { ...columns(true), threads: threads(new URL("own.mjs", import.meta.url)), files };
const found = await probe(Object.fromEntries(process.argv.slice(2).map((column) => [column, all[column]])));
process.stdout.write(`RESULT ${JSON.stringify({ found })}\n`);
