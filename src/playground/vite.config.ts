import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

/** The page as static files in build/page; addresses are relative, so that it works from any folder of a server. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  worker: { format: "es" }, // workers load parts of the package when they need them
  build: { outDir: "../../build/page", emptyOutDir: true, target: "es2022" },
});
