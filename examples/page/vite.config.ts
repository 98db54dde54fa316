import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  worker: { format: "es" }, // workers load parts of the package when they need them
  // While you write, Vite must not bundle the package beforehand: its workers would not be found.
  optimizeDeps: { exclude: ["slatesim"] },
});
