// Wakes the islands of a page. The framework's own script is inline, which this site's policy does not allow; islands here take
// their data from their attributes, so the globals it would have filled stay empty.
globalThis.__RESOLVED_RESOURCES = [];
globalThis.__SERIALIZED_ERRORS = [];
globalThis.__INCOMPLETE_CHUNKS = [];

const address = (id) => document.getElementById(id)?.href;

// An island inside another's children is woken after it, and first hands its owner to the children it stands in.
async function wake(node, module, owners) {
  if (node.tagName === "LEPTOS-ISLAND") {
    owners.at(-1)?.();
    const island = module[node.dataset.component];
    if (island) await island(node);
    else console.warn(`no island ${node.dataset.component}`);
  }
  const inChildren = node.tagName === "LEPTOS-CHILDREN";
  if (inChildren) owners.push(node.$$on_hydrate);
  for (const child of [...node.children]) await wake(child, module, owners);
  if (inChildren) owners.pop();
}

async function start() {
  if (!document.querySelector("leptos-island")) return;
  const module = await import(address("islands-js"));
  await module.default({ module_or_path: address("islands-wasm") });
  module.hydrate();
  await wake(document.body, module, []);
  document.documentElement.dataset.islands = "awake";
}

async function map() {
  const map = document.querySelector("portal-map");
  if (map) await import(document.getElementById("map-js")?.href ?? "/portal-map.js");
}

// First what the reader sees, then what the reader may touch.
const idle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 1));
idle(() => start().catch((error) => console.error("islands", error)));
idle(() => map().catch((error) => console.error("map", error)));
