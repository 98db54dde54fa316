// The entrance for workerd, which runs no WebAssembly but what is deployed with a worker as a module.
import kernel from "../build/kernel.wasm";
import { useKernel } from "./index.js";

useKernel(kernel);

export * from "./index.js";
