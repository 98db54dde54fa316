import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

/** The page as static files in build/page; addresses are relative, so that it works from any folder of a server. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  plugins: [offline()],
  worker: { format: "es" }, // workers load parts of the package when they need them
  build: { outDir: "../../build/page", emptyOutDir: true, target: "es2022" },
});

/** Adds offline.js with the list of all files that are built. */
function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const files = JSON.stringify(["./", ...Object.keys(bundle)]);
        const source = readFileSync(new URL("offline.js", import.meta.url), "utf8");
        this.emitFile({ type: "asset", fileName: "offline.js", source: `const FILES = ${files};\n${source}` });
      },
    },
  };
}
