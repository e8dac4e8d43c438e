// Follows what others do: asks for the page again and puts in place what differs (app/src/desk/live.rs).
const { after: begin, said, more } = document.getElementById("desk-live").dataset;
const ROW = "tr[id], li[id]";
const CONTROL = "a, button, input, select, textarea, summary";
const places = () => document.querySelectorAll("[data-live][id]");

// Each row as it came from the server, whatever was done to it since.
const served = new Map();
const know = (place) => place.querySelectorAll(ROW).forEach((row) => served.set(row.id, row.innerHTML));
places().forEach(know);

const voice = document.body.appendChild(document.createElement("p"));
voice.className = "p-hidden";
voice.setAttribute("role", "status");

// Somebody is typing there.
const busy = (row) =>
  row.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");

function put(row, old) {
  if (served.get(row.id) === row.innerHTML && old) return old;
  if (old && busy(old)) return old;
  served.set(row.id, row.innerHTML);
  row.classList.add("p-live");
  const at = old ? [...old.querySelectorAll(CONTROL)].indexOf(document.activeElement) : -1;
  const picked = old?.querySelector("input:checked") && row.querySelector("input[type=checkbox]");
  if (picked) picked.checked = true;
  old?.replaceWith(row);
  row.querySelectorAll(CONTROL)[at]?.focus({ preventScroll: true });
  return row;
}

function update(place, fresh) {
  const [list, rows] = [place, fresh].map((it) => it.querySelector(ROW)?.parentElement);
  if (!list || !rows) {
    if (place.innerHTML !== fresh.innerHTML) place.replaceChildren(...fresh.childNodes);
    return know(place);
  }
  let next = list.firstElementChild;
  for (const row of [...rows.children]) {
    const old = [...list.children].find((it) => it.id === row.id);
    if (old === next) next = next?.nextElementSibling;
    const now = put(row, old);
    if (now.parentElement !== list || now.nextElementSibling !== next) list.insertBefore(now, next);
  }
  while (next) {
    const gone = next;
    next = next.nextElementSibling;
    if (!busy(gone)) gone.remove();
  }
}

const waiting = new Set();
let timer;
async function refresh() {
  timer = undefined;
  const others = [...waiting];
  waiting.clear();
  const answer = await fetch(location.href, { headers: { "x-live": "1" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const place of places()) {
    const fresh = page.getElementById(place.id);
    if (fresh) update(place, fresh);
  }
  const names = others.map((id) => document.getElementById(id)?.querySelector("a")?.firstChild.textContent).filter(Boolean);
  const rest = names.length > 1 ? more.replace("{}", names.length) : "";
  if (names.length) voice.textContent = said.replace("{}", names[0] + rest);
}

function heard({ subject, own }) {
  for (const notice of document.querySelectorAll("[data-live-notice]"))
    if (!own && notice.dataset.liveNotice === subject) notice.hidden = false;
  if (![...places()].some((place) => !subject || place.dataset.live.split(" ").some((kind) => subject.startsWith(kind)))) return;
  if (!own && subject) waiting.add(subject.replace(" ", "-"));
  timer ??= setTimeout(() => refresh().catch(() => {}), 200);
}

// A hidden page lets go of its connection: a browser has few.
let source, retry;
let [after, wait] = [begin, 5000];
function follow() {
  source?.close();
  clearTimeout(retry);
  if (document.hidden) return;
  source = new EventSource(`/desk/live?after=${after}`);
  const hear = (event) => {
    [after, wait] = [event.lastEventId, 5000];
    heard(event.type === "reload" ? { subject: "" } : JSON.parse(event.data));
  };
  source.onmessage = hear;
  source.addEventListener("reload", hear);
  // What ends for good, the browser does not try again; it may only have been a proxy.
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) retry = setTimeout(follow, (wait *= 2));
  };
}
document.addEventListener("visibilitychange", follow);
follow();
