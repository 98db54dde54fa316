// node quickjs.mjs [FILE]: runs a script in QuickJS, or prints its version.
import { readFileSync } from "node:fs";
import { getQuickJS } from "quickjs-emscripten";

const [file] = process.argv.slice(2);
if (file === undefined) {
  const manifest = JSON.parse(readFileSync("node_modules/quickjs-emscripten/package.json", "utf8"));
  process.stdout.write(`${manifest.version}\n`);
} else {
  run(await getQuickJS(), readFileSync(file, "utf8"));
}

function run(quickJs, script) {
  const runtime = quickJs.newRuntime();
  const context = runtime.newContext();
  const print = context.newFunction("print", (line) => void process.stdout.write(`${context.dump(line)}\n`));
  context.setProp(context.global, "print", print);
  context.unwrapResult(context.evalCode(script, file)).dispose();
  while (runtime.hasPendingJob()) context.unwrapResult(runtime.executePendingJobs());
}
