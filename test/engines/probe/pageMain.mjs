// In a page: posts what it finds to who served it.
import { columns } from "./columns.mjs";
import { probe } from "./probe.mjs";
import { threads } from "./threads.mjs";

const found = await probe({ ...columns(true), threads: threads(new URL("own.js", location.href)) });
await fetch("result", { method: "POST", body: JSON.stringify({ found }) });
