// The structure of src/, as ARCHITECTURE.md draws it; test/node/architecture.test.ts holds both to the imports.

/** Each folder of src/ and the folders that it may import, all of which stand before it; every folder may import itself. */
export const folders: Record<string, string> = {
  check: "",
  display: "",
  numeric: "",
  wasm: "check numeric",
  random: "check numeric",
  spaces: "check numeric random",
  choice: "check numeric spaces",
  statistics: "numeric",
  userCode: "check",
  modules: "check userCode",
  world: "check numeric random spaces statistics modules",
  control: "check statistics world",
  agents: "check numeric random spaces choice modules",
  policies: "check random spaces world modules userCode agents",
  engines: "check random statistics world control policies",
  "worlds/longTermSatisfaction": "check numeric random spaces choice statistics world control policies wasm",
  "worlds/custom": "check numeric random spaces choice statistics world",
  compiler: "check numeric random statistics",
  "worlds/compiled":
    "check numeric random spaces choice statistics wasm modules world policies engines worlds/custom compiler",
  "worlds/interest": "world worlds/compiled",
  "worlds/scenarios.ts": "check world worlds/longTermSatisfaction worlds/interest",
  studies: "check numeric statistics world userCode modules policies engines",
  workers: "check statistics world modules agents policies engines worlds/compiled worlds/scenarios.ts studies",
  montecarlo: "check display numeric random statistics world policies engines studies workers",
  evaluation: "check numeric random world policies montecarlo",
  solve: "check display numeric random statistics world policies studies montecarlo",
  sweep: "check display numeric random statistics world policies worlds/scenarios.ts studies montecarlo solve",
  env: "check random spaces world",
  files: "check",
  experiment: "check",
  tables: "check files",
  worldFiles: "check random modules world files compiler worlds/compiled",
  train: "check display numeric random spaces modules world studies workers montecarlo solve env agents files",
  testing: "check random spaces env agents",
  records:
    "check numeric random spaces statistics world modules agents policies engines worlds/compiled worlds/scenarios.ts studies workers montecarlo files tables worldFiles train",
  queue: "check random statistics studies workers files records",
  report: "check numeric statistics world studies montecarlo solve sweep tables records queue",
  charts: "check numeric montecarlo solve sweep train report",
  htmlReport: "check numeric report charts",
  notebook: "check display report charts htmlReport",
  "index.ts":
    "check display notebook numeric random spaces choice statistics world policies engines worlds/longTermSatisfaction worlds/custom worlds/compiled worlds/interest worlds/scenarios.ts studies montecarlo solve sweep env agents",
  playground: "numeric compiler worlds/compiled charts htmlReport index.ts",
  "workerd.ts": "index.ts",
  cli: "check numeric random statistics world policies worlds/compiled worlds/scenarios.ts montecarlo solve sweep agents files experiment tables worldFiles train records queue report charts htmlReport index.ts",
};

/** The packages that a folder may import. Only the folders named here with Node's own know Node: all else runs in a page too. */
export const packages: Record<string, RegExp> = {
  check: /^fastest-levenshtein$/,
  userCode: /^node:(async_hooks|timers\/promises)$/, // in the watch for Node, which a page never loads
  workers: /^(piscina|node:(os|worker_threads))$/, // in the pool for Node, likewise
  files: /^node:/,
  compiler: /^(assemblyscript(\/asc)?|\$\{\w+\})$/, // the last in messages
  worldFiles: /^(slatesim$|node:)/, // slatesim in modules that it writes
  tables: /^(csv-stringify\/sync$|hyparquet-writer$|node:)/,
  train: /^(hyparquet-writer$|node:)/,
  records: /^((csv-parse|hyparquet|hyparquet-writer)$|node:)/,
  queue: /^(bullmq$|ioredis$|node:)/,
  "worlds/interest": /^slatesim\/world$/, // in world files, which are written as its users write theirs
  experiment: /^(zod|yaml)$/,
  testing: /^fast-check$/,
  // Vite and Node configure its build; slatesim is in a program that it writes, slatesim/world in a world file.
  playground:
    /^(vite|slatesim|slatesim\/world|codemirror|@codemirror\/(lang-javascript|language|lint|view)|@lezer\/highlight|node:(fs|url))$/,
  charts: /^(@observablehq\/plot|linkedom|zod)$/, // linkedom in the document for Node
  random: /^seedrandom\/seedrandom\.js$/,
  "workerd.ts": /^\.\.\/build\/kernel\.wasm$/,
  cli: /^(cli-progress$|commander$|node:)/,
};

/** What package.json maps to one file for Node and to another for pages. */
export const aliases: Record<string, readonly string[]> = {
  "#workerAddress": ["src/workers/nodeAddress.ts", "src/workers/webAddress.ts"],
  "#workerPool": ["src/workers/nodePool.ts", "src/workers/webPool.ts"],
  "#document": ["src/charts/nodeDocument.ts", "src/charts/webDocument.ts"],
  "#notebook": ["src/notebook/nodeNotebook.ts", "src/notebook/webNotebook.ts"],
  "#codeWatch": ["src/userCode/nodeWatch.ts", "src/userCode/webWatch.ts"],
};
