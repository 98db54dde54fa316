using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (services = [(name = "probe", worker = .probe)]);

const probe :Workerd.Worker = (
  modules = [
    (name = "bundle/workerdMain.js", esModule = embed "bundle/workerdMain.js"),
    (name = "build/kernel.wasm", wasm = embed "node_modules/slatesim/build/kernel.wasm"),
  ],
  compatibilityDate = "2026-01-01",
);
