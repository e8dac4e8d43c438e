// Wakes the islands of a page. The framework's own script is inline, which this site's policy does not allow; islands here take
// their data from their attributes, so the globals it would have filled stay empty.
globalThis.__RESOLVED_RESOURCES = [];
globalThis.__SERIALIZED_ERRORS = [];
globalThis.__INCOMPLETE_CHUNKS = [];

const files = document.getElementById("islands").dataset;

// An island among another's children is woken after it, and first tells that one that its children are there.
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

let waking;
async function islands() {
  const module = await import(files.islands);
  await module.default({ module_or_path: files.wasm });
  module.hydrate();
  await wake(document.body, module, []);
  document.documentElement.dataset.islands = "awake";
  // What an island put in place may have islands of its own.
  addEventListener("islands:wake", (event) => wake(event.target, module, []));
}
const start = () => (waking ??= islands().catch((error) => console.error("islands", error)));

// Islands wake when the reader first touches the page, points at it or types; a click that came too early is given again. Where
// the list of 一张图 is filtered already they wake as soon as there is time: the map has to follow.
function whenTouched() {
  const signs = ["pointerdown", "pointermove", "keydown", "focusin"];
  const touched = () => {
    for (const sign of signs) removeEventListener(sign, touched, true);
    start();
  };
  for (const sign of signs) addEventListener(sign, touched, { capture: true, passive: true });
  const early = (event) => {
    if (document.documentElement.dataset.islands) return removeEventListener("click", early, true);
    const button = event.target.closest?.(":is(leptos-island, form.p-filters) button[type=button]");
    if (button) start().then(() => button.click());
    // The panel opens what this link leads to; where the islands do not come, it leads there after all.
    const link = event.target.closest?.("a[data-ask]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    start().then(() => (document.documentElement.dataset.islands ? link.click() : location.assign(link.href)));
  };
  addEventListener("click", early, true);
}

const idle = (run) =>
  globalThis.requestIdleCallback ? requestIdleCallback(run, { timeout: 1000 }) : setTimeout(run, 1);
// A map to edit on is loaded by its form, when it comes into view.
if (document.querySelector("portal-map:not([edit])")) idle(() => import(files.map).catch((error) => console.error("map", error)));
if (document.querySelector(".p-finder[data-filtered]")) idle(start);
// What a page has elements for; what is kept and what waits also where the worker stands by, but for pages of staff.
const standsBy = navigator.serviceWorker?.controller && !/^\/(en\/)?(desk|sign-in)(\/|$)/.test(location.pathname);
const modules = {
  offline: document.querySelector("[data-manual], [data-shelf]"),
  waiting: document.querySelector("[data-queued]") || standsBy,
  reading: document.querySelector("[data-aloud], [data-share]"),
};
// A button that is pressed before its module is there is pressed again.
function again(loaded, buttons) {
  let early;
  const press = (event) => (early = event.target.closest?.(buttons) ?? early);
  addEventListener("click", press);
  loaded.then(() => {
    removeEventListener("click", press);
    early?.click();
  });
}
for (const [name, wanted] of Object.entries(modules)) {
  if (!wanted) continue;
  const loaded = import(files[name]).catch((error) => console.error(name, error));
  if (name === "reading") again(loaded, "[data-aloud] button");
}
if (document.querySelector("leptos-island")) whenTouched();
