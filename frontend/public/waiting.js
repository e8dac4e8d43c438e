// Forms that are sent without network wait on the telephone and are sent when it is back (app/src/offline/waiting.rs). Each has a key
// of its own, from which the server knows one that comes twice; so sending again is safe, and an answer that got lost is no harm.
const place = document.querySelector("[data-queued]");
const words = place?.dataset ?? {};
const say = (text, ...what) => what.reduce((text, it) => text.replace("{}", it), text);
/** So long the server may take to say that it is there. */
const PATIENCE = 5000;

/** A database with one store; every deed is a transaction of its own. */
const opened = () =>
  new Promise((done, refuse) => {
    const open = indexedDB.open("waiting", 1);
    open.onupgradeneeded = () => open.result.createObjectStore("forms", { keyPath: "key" });
    open.onsuccess = () => done(open.result);
    open.onerror = () => refuse(open.error);
  });
async function forms(mode, deed) {
  const database = await opened();
  try {
    return await new Promise((done, refuse) => {
      const transaction = database.transaction("forms", mode);
      const asked = deed(transaction.objectStore("forms"));
      transaction.oncomplete = () => done(asked.result);
      transaction.onabort = () => refuse(transaction.error);
    });
  } finally {
    database.close();
  }
}
const all = async () => (await forms("readonly", (it) => it.getAll())).sort((a, b) => a.at.localeCompare(b.at));
const put = (form) => forms("readwrite", (it) => it.put(form));
const drop = (key) => forms("readwrite", (it) => it.delete(key));

/** Whether the server can be reached now. */
async function reachable() {
  if (!navigator.onLine) return false;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    await fetch("/healthz", { method: "HEAD", cache: "no-store", signal });
    return true;
  } catch {
    return false;
  }
}

function announce(text) {
  const status = place.querySelector("[role=status]");
  place.hidden = status.hidden = false;
  status.textContent = text;
  place.scrollIntoView({ block: "nearest" });
}

function catchForm(form) {
  let busy = false;
  addEventListener("pageshow", () => (busy = false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy) return;
    busy = true;
    // Before the network is asked: what is sent is what stood there when the button was pressed.
    const key = crypto.randomUUID();
    const fields = [...new FormData(form)].filter(([, value]) => !(value instanceof File && !value.size));
    if (await reachable()) {
      const once = form.elements.once ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "once" }));
      once.value = key;
      if (form.dataset.from) await drop(form.dataset.from);
      return form.submit();
    }
    busy = false;
    try {
      if (form.dataset.from) await drop(form.dataset.from);
      await put({ key, fields, action: form.getAttribute("action"), title: form.dataset.queue, at: new Date().toISOString(), state: "waits" });
    } catch {
      return announce(words.lost);
    }
    form.reset();
    await show();
    announce(words.added);
  });
}

/** A form that was not taken comes back into its page, to be mended; it is let go when it is sent again. */
async function mend(form) {
  const key = location.hash.match(/^#form=([\w-]+)$/)?.[1];
  const kept = key && (await all()).find((it) => it.key === key && it.action === form.getAttribute("action"));
  if (!kept) return;
  for (const [name, value] of kept.fields) {
    const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
    if (value instanceof File) {
      const files = new DataTransfer();
      files.items.add(value);
      field.files = files.files;
    } else field.value = value;
  }
  form.dataset.from = key;
  announce(say(words.refused, kept.why));
  form.scrollIntoView();
}

/** Sends one; what came of it stays in the list until the reader has seen it. */
async function send(form) {
  const body = new FormData();
  for (const [name, value] of form.fields) body.append(name, value);
  body.set("once", form.key);
  const answer = await fetch(form.action, { method: "POST", body });
  // The server is there but cannot: later.
  if (answer.status >= 500 || answer.status === 429) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const code = page.querySelector(".p-code .p-copy__text")?.textContent.trim();
  // What was sent need not stay on the telephone.
  if (answer.ok && code) return put({ ...form, fields: [], state: "sent", code });
  const why = [...page.querySelectorAll(".p-errors li")].map((it) => it.textContent.trim()).join(" ");
  return put({ ...form, state: "refused", why: why || page.querySelector("h1")?.textContent.trim() || answer.status });
}

/** Sends what waits, in one window at a time. */
async function sendAll() {
  const deed = async (lock) => {
    if (!lock) return;
    for (const form of await all()) {
      if (form.state !== "waits") continue;
      await show(form.key);
      await send(form);
    }
  };
  try {
    if (!(await all()).some((it) => it.state === "waits") || !(await reachable())) return;
    await (navigator.locks ? navigator.locks.request("waiting", { ifAvailable: true }, deed) : deed(true));
  } catch (error) {
    // The network is away again; what was not answered still waits.
    console.info("waiting", error);
  } finally {
    await show();
  }
}

function row(form, sending) {
  const item = document.createElement("li");
  item.className = "p-waiting__form";
  const line = (tag, text) => item.appendChild(Object.assign(document.createElement(tag), { textContent: text }));
  const day = new Date(form.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  line("strong", form.title);
  const said = { waits: () => say(words.waits, day), sent: () => say(words.sent, form.code), refused: () => say(words.refused, form.why) };
  const text = line("p", form.key === sending ? words.sending : said[form.state]());
  // A code is written down sign by sign: it stays in one line.
  const at = form.code ? text.textContent.indexOf(form.code) : -1;
  if (at >= 0) {
    const rest = text.firstChild.splitText(at).splitText(form.code.length);
    const code = Object.assign(document.createElement("strong"), { className: "p-waiting__code" });
    code.append(rest.previousSibling);
    rest.before(code);
  }
  const acts = item.appendChild(Object.assign(document.createElement("p"), { className: "p-acts" }));
  const button = (text, deed) => {
    const made = acts.appendChild(Object.assign(document.createElement("button"), { type: "button", className: "p-button p-button--quiet", textContent: text }));
    made.addEventListener("click", deed);
  };
  if (form.state === "sent") acts.append(Object.assign(document.createElement("a"), { className: "p-button", href: words.reports, textContent: words.answer }));
  if (form.state === "refused") acts.append(Object.assign(document.createElement("a"), { className: "p-button", href: `${form.action}#form=${form.key}`, textContent: words.mend }));
  if (form.state === "refused") button(words.again, () => put({ ...form, state: "waits" }).then(sendAll));
  button(form.state === "sent" ? words.known : words.drop, () => drop(form.key).then(() => show()));
  return item;
}

async function show(sending) {
  if (!place) return;
  const list = await all();
  place.querySelector("ul").replaceChildren(...list.map((form) => row(form, sending)));
  place.hidden = !list.length && place.querySelector("[role=status]").hidden;
}

if (globalThis.indexedDB) {
  for (const form of place ? document.querySelectorAll("form[data-queue]") : []) {
    const back = () => mend(form).catch((error) => console.warn("waiting", error));
    catchForm(form);
    back();
    addEventListener("hashchange", back);
  }
  addEventListener("online", sendAll);
  show().then(sendAll, (error) => console.warn("waiting", error));
}
