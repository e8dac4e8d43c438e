// Manuals on the telephone: keeps one whole, renews it when there is a newer edition, shows what is kept (app/src/offline). A cache
// belongs to one edition and counts only when it is complete, so no reader sees two editions mixed.
const MARK = "/offline/kept";
const AT_ONCE = 4;
const TRIES = 5;
const root = document.documentElement;
const english = root.lang === "en";
const manual = document.querySelector("[data-manual][data-edition]");
const keep = document.querySelector("[data-keep]");
const find = { ignoreVary: true };

/** Puts what comes into the places of the words. */
const say = (words, ...what) => what.reduce((text, it) => text.replace("{}", it), words);
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const prefix = (division) => `kept ${english ? "en" : "zh"} ${division} `;

/** What is kept as a whole: the mark of every cache that has one. */
async function shelf(start = "kept ") {
  const marks = [];
  for (const name of (await caches.keys()).filter((it) => it.startsWith(start))) {
    const mark = await (await caches.open(name)).match(MARK);
    if (mark) marks.push({ name, ...(await mark.json()) });
  }
  return marks;
}

async function get(path) {
  for (let at = 0; ; at++) {
    const answer = await fetch(path, { cache: "no-cache" });
    if (answer.ok) return answer;
    if (answer.status === 404) return null;
    // Too many at once, or a moment without a server: a little later.
    if (at === TRIES) throw new Error(`${path}: ${answer.status}`);
    await pause(500 * 2 ** at);
  }
}

/** A page and the files it needs. What is there already is not fetched again. */
async function store(cache, path) {
  if (await cache.match(path, find)) return;
  const answer = await get(path);
  if (!answer) return;
  const html = await answer.clone().text();
  const files = [...html.matchAll(/"(\/[^"\s]+\?v=[0-9a-f]+)"/g)].map(([, file]) => file);
  for (const file of new Set(["/icons.svg", ...files.filter((it) => !it.startsWith("/portal-map.js"))])) {
    if (await cache.match(file, find)) continue;
    const got = await get(file);
    if (got) await cache.put(file, got);
  }
  await cache.put(path, answer);
}

const list = async (division) => (await get(`${english ? "/en" : ""}/manual/${division}/offline.json`))?.json();

/** Keeps a manual. While it is fetched a newer edition may come: then it begins again. */
async function fetchAll(division, progress) {
  for (let wanted = await list(division); wanted; ) {
    const name = prefix(division) + wanted.version;
    const cache = await caches.open(name);
    // The page of what is kept is kept with it.
    const waiting = [...wanted.pages, english ? "/en/offline" : "/offline"];
    let done = 0;
    const total = waiting.length;
    const worker = async () => {
      for (let path = waiting.shift(); path; path = waiting.shift()) {
        await store(cache, path);
        progress(++done, total);
      }
    };
    progress(0, total);
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    const now = await list(division);
    if (!now) throw new Error("it is gone");
    if (now.version === wanted.version) {
      const { pages, ...about } = wanted;
      let size = 0;
      for (const answer of await cache.matchAll()) size += (await answer.blob()).size;
      const mark = { ...about, count: pages.length, path: pages[0], size, at: new Date().toISOString() };
      await cache.put(MARK, new Response(JSON.stringify(mark), { headers: { "content-type": "application/json" } }));
      await remove(division, name);
      return mark;
    }
    wanted = now;
  }
}

/** Removes what is kept of a manual, but for one. */
async function remove(division, but) {
  for (const name of await caches.keys()) if (name.startsWith(prefix(division)) && name !== but) await caches.delete(name);
}

let mine;
const register = () => (mine ??= navigator.serviceWorker.register("/sw.js"));

/** The button on the front of a manual. */
function offer() {
  const said = keep.querySelector("[role=status]");
  const bar = keep.querySelector("progress");
  const [button, away] = ["keep", "remove"].map((what) => keep.querySelector(`[data-do=${what}]`));
  const { manual: division } = manual.dataset;
  const words = keep.dataset;
  const show = (mark) => {
    bar.hidden = true;
    button.disabled = false;
    button.hidden = !!mark;
    away.hidden = !mark;
    said.textContent = mark ? say(words.kept, mark.stamp, mark.count, megabytes(mark.size)) : words.ready;
  };
  const save = async (how, before) => {
    button.disabled = true;
    let [done, total] = [0, 0];
    try {
      await register();
      show(await fetchAll(division, (...now) => {
        [done, total] = now;
        bar.hidden = false;
        [bar.value, bar.max] = now;
        // Not every page is worth saying aloud.
        if (done % 10 === 0 || done === total) said.textContent = say(how, done, total);
      }));
      navigator.storage?.persist?.();
    } catch (error) {
      show(before);
      // What was kept before still is.
      if (!before) said.textContent = error.name === "QuotaExceededError" ? words.full : say(words.broken, done, total || "?");
    }
  };
  button.addEventListener("click", () => save(words.saving));
  away.addEventListener("click", async () => {
    await remove(division);
    show();
    said.textContent = words.removed;
    button.focus();
  });
  keep.hidden = false;
  return { show, save };
}

/** Shows what is kept of the manual that is read, and renews it when there is another edition. */
async function renew() {
  const { manual: division } = manual.dataset;
  const front = keep && offer();
  const [mark] = await shelf(prefix(division));
  front?.show(mark);
  if (!mark || root.dataset.kept) return;
  const now = await list(division).catch(() => null);
  if (!now || now.version === mark.version) return;
  if (front) await front.save(keep.dataset.renewing, mark);
  else await fetchAll(division, () => {}).catch(() => {});
}

/** Which edition was last read here, on this device; while the same visit lasts, the one before it. */
function since() {
  const { manual: division, edition } = manual.dataset;
  const key = `manual-${division}`;
  const before = Number(sessionStorage.getItem(key) ?? localStorage.getItem(key) ?? edition);
  sessionStorage.setItem(key, before);
  localStorage.setItem(key, Math.max(Number(edition), Number(localStorage.getItem(key))));
  const line = document.querySelector("[data-since]");
  if (!line || !(before < Number(edition))) return;
  line.querySelector("span").textContent = say(line.dataset.said, before);
  line.querySelector("a").href = line.dataset.since + before;
  line.hidden = false;
}

/** The list on /offline. */
async function shelves() {
  const place = document.querySelector("[data-shelf]");
  const marks = (await shelf()).sort((a, b) => a.title.localeCompare(b.title));
  for (const mark of marks) {
    const row = place.appendChild(document.createElement("li"));
    const link = row.appendChild(document.createElement("a"));
    [link.className, link.href] = ["p-row", mark.path];
    const about = Object.assign(document.createElement("span"), { className: "p-row__count", textContent: mark.stamp });
    link.append(Object.assign(document.createElement("span"), { textContent: mark.title }), about);
    if (mark.name.startsWith("kept en ") !== english) link.lang = english ? "zh-CN" : "en";
  }
  document.querySelector("[data-shelf-empty]").hidden = marks.length > 0;
}

function tell() {
  const { kept, missing } = root.dataset;
  if (missing) document.querySelector("[data-missing]:not(html)")?.removeAttribute("hidden");
  for (const bar of document.querySelectorAll("[data-kept-bar]")) {
    if (!kept) continue;
    const day = { dateStyle: "long", timeStyle: "short" };
    bar.querySelector("time").dateTime = kept;
    bar.querySelector("time").textContent = new Date(kept).toLocaleString(root.lang, day);
    bar.hidden = false;
  }
}

tell();
// A browser that does not know the media feature shows it all the same.
document.querySelector(".p-without-script")?.remove();
if (navigator.serviceWorker && globalThis.caches) {
  if (manual) register().catch((error) => console.warn("offline", error));
  if (manual) renew().catch((error) => console.warn("offline", error));
  if (document.querySelector("[data-shelf]")) shelves();
}
if (manual) {
  try {
    since();
  } catch {
    // A browser that keeps nothing.
  }
}
