// Stands between the pages and the network, so that what the reader has kept can be read without it. Pages come from the network while
// it answers; a page comes from what is kept only when it does not. Nothing is stored here but the page that says so (/offline): what
// else is kept, the reader has asked for (offline.js). Forms and pages of staff never pass through.
const SHELL = "shell";
const OFFLINE = ["/offline", "/en/offline"];
const STAFF = /^\/(en\/)?(desk|sign-in)(\/|$)/;
/** So long a kept page waits for a newer one. */
const PATIENCE = 4000;
/** In every cache of a kept manual: what it is and since when it is complete. */
const MARK = "/offline/kept";
const find = { ignoreVary: true };
/** No page that is stored here has a map or an island. */
const NEEDLESS = /^\/(portal-map\.js|pkg\/.*\.(js|wasm))\?/;

self.addEventListener("install", (event) => event.waitUntil(shell().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function shell() {
  const cache = await caches.open(SHELL);
  for (const path of OFFLINE) {
    const answer = await fetch(path, { cache: "no-cache" });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    const html = await answer.clone().text();
    const files = [...html.matchAll(/"(\/[^"\s]+\?v=[0-9a-f]+)"/g)].map(([, file]) => file);
    await cache.addAll([...new Set(files), "/icons.svg"].filter((file) => !NEEDLESS.test(file)));
    await cache.put(path, answer);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || STAFF.test(url.pathname)) return;
  if (request.mode === "navigate") event.respondWith(page(request, url));
  else if (/^\?v=[0-9a-f]+$/.test(url.search)) event.respondWith(file(request));
  else if (url.pathname === "/icons.svg") event.respondWith(fetch(request).catch(() => file(request)));
});

/** A file under the hash of its content is the same wherever it comes from. */
const file = async (request) => (await caches.match(request, find)) ?? fetch(request);

async function page(request, url) {
  const fresh = fetch(request);
  fresh.catch(() => {});
  const copy = await kept(request);
  try {
    const answer = await (copy ? Promise.race([fresh, late()]) : fresh);
    if (!copy || answer.status < 500) return answer;
  } catch {
    // No network, or one that does not answer.
  }
  if (copy) return marked(copy.answer, "kept", copy.at);
  const english = /^\/en(\/|$)/.test(url.pathname);
  const instead = await caches.match(OFFLINE[english ? 1 : 0], find);
  if (!instead) return Response.error();
  return OFFLINE.includes(url.pathname) ? instead : marked(instead, "missing", url.pathname);
}

const late = () => new Promise((_, refuse) => setTimeout(() => refuse(new Error("late")), PATIENCE));

/** The page in a manual that is kept as a whole, and since when. */
async function kept(request) {
  for (const name of await caches.keys()) {
    if (!name.startsWith("kept ")) continue;
    const cache = await caches.open(name);
    const [mark, answer] = await Promise.all([cache.match(MARK), cache.match(request, find)]);
    if (mark && answer) return { answer, at: (await mark.json()).at };
  }
}

/** The page says itself where it comes from: offline.js reads it from the root element. */
async function marked(answer, name, value) {
  const html = (await answer.text()).replace("<html ", `<html data-${name}="${encodeURI(value).replaceAll('"', "%22")}" `);
  const headers = new Headers(answer.headers);
  for (const header of ["content-encoding", "content-length"]) headers.delete(header);
  return new Response(html, { status: answer.status, headers });
}
