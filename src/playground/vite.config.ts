import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin, type Rolldown } from "vite";

/** The page as static files in build/page; addresses are relative, so that it works from any folder of a server. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  plugins: [offline()],
  worker: { format: "es" }, // workers load parts of the package when they need them
  build: { outDir: "../../build/page", emptyOutDir: true, target: "es2022" },
});

/** Bytes of a file that is kept when it is used, and not before: the compiler of world files has some MB. */
const LARGE = 500_000;

/** Adds offline.js with the list of all files that are built but the large ones. */
function offline(): Plugin {
  return {
    name: "offline",
    apply: "build",
    enforce: "post",
    generateBundle: {
      order: "post",
      handler(_, bundle) {
        const kept = Object.values(bundle).filter((file) => sizeOf(file) < LARGE);
        const files = JSON.stringify(["./", ...kept.map(({ fileName }) => fileName)]);
        const source = readFileSync(new URL("offline.js", import.meta.url), "utf8");
        this.emitFile({ type: "asset", fileName: "offline.js", source: `const FILES = ${files};\n${source}` });
      },
    },
  };
}

function sizeOf(file: Rolldown.OutputAsset | Rolldown.OutputChunk): number {
  return file.type === "chunk" ? file.code.length : file.source.length;
}
