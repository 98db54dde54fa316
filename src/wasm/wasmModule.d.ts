/** A file of WebAssembly, in hosts that import one as its compiled module. */
declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
