using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (services = [(name = "probe", worker = .probe)]);

const probe :Workerd.Worker = (
  modules = [(name = "workerdMain.js", esModule = embed "bundle/workerdMain.js")],
  compatibilityDate = "2026-01-01",
);
