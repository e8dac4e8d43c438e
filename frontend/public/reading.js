// Reads a page aloud, a sentence at a time, marks the sentence and keeps it in sight (app/src/ui/read_aloud.rs); passes a page on
// (app/src/ui/share.rs).

/** What is read: headings, sentences, rows; not controls, ways elsewhere, or the letters that stand for kinds. */
const SPOKEN = "#main :is(h1, h2, h3, h4, .p-card__link, .p-entry__name, p:not(.p-point__kind, :has(button, a.p-button)), caption, th, td, dt, dd, li)";
/** Inside these nothing is read. */
const SILENT = "nav, form, button, label, portal-map, [hidden], .p-chips, .p-hidden, .p-keep, .p-acts, .p-manual__foot, [aria-hidden=true]";
const MARK = "reading";
const SPEED = "reading-speed";

/** The text of an element itself: not that of what is read by itself inside it. */
function pieces(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement.closest(SPOKEN) === element && !node.parentElement.closest(SILENT);
    if (own && node.parentElement.checkVisibility?.({ visibilityProperty: true }) !== false) found.push(node);
  }
  return found;
}

/** Where the sentences of a text begin and end. */
function cut(text, lang) {
  if (globalThis.Intl?.Segmenter) return [...new Intl.Segmenter(lang, { granularity: "sentence" }).segment(text)].map(({ index, segment }) => [index, index + segment.length]);
  return [...text.matchAll(/[^。!?;.!?;]+[。!?;.!?;]*/g)].map((it) => [it.index, it.index + it[0].length]);
}

/** Every sentence of the page, in order: its words, its language and where it stands. */
function sentences() {
  const list = [];
  for (const element of document.querySelectorAll(SPOKEN)) {
    const nodes = pieces(element);
    const text = nodes.map((it) => it.data).join("");
    if (!/[\p{L}\p{N}]/u.test(text)) continue;
    const lang = element.closest("[lang]").lang;
    const at = (offset, end) => {
      for (const node of nodes) {
        if (offset < node.length || (end && offset === node.length)) return [node, offset];
        offset -= node.length;
      }
      return [nodes.at(-1), nodes.at(-1).length];
    };
    for (const [from, to] of cut(text, lang)) {
      const said = text.slice(from, to).trim();
      if (!/[\p{L}\p{N}]/u.test(said)) continue;
      const range = document.createRange();
      range.setStart(...at(from + text.slice(from, to).search(/\S/)));
      range.setEnd(...at(to, true));
      list.push({ said, lang, range, element });
    }
  }
  return list;
}

function mark({ range, element } = {}) {
  document.querySelector(".p-reading")?.classList.remove("p-reading");
  if (globalThis.Highlight && CSS.highlights) {
    CSS.highlights.delete(MARK);
    if (range) CSS.highlights.set(MARK, new Highlight(range));
  } else element?.classList.add("p-reading");
  if (!range) return;
  const { top, bottom } = range.getBoundingClientRect();
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (top < 80 || bottom > innerHeight - 220) element.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
}

function aloud(root) {
  const words = root.dataset;
  const part = (what) => root.querySelector(`[data-do=${what}]`);
  const [toggle, hold, speed] = [part("toggle"), part("pause"), root.querySelector("select")];
  const word = (button, text) => (button.querySelector("span").textContent = text);
  let list, at, turn = 0, held = false;

  const show = (reading) => {
    toggle.setAttribute("aria-pressed", String(reading));
    word(toggle, reading ? words.stop : words.start);
    word(hold, held ? words.goOn : words.pause);
    hold.hidden = !reading;
    speed.closest("label").hidden = !reading;
  };
  const stop = () => {
    turn++;
    held = false;
    speechSynthesis.cancel();
    mark();
    show(false);
  };
  // A voice that is cancelled may still say that it has ended: only that of this turn counts.
  const speak = () => {
    const mine = ++turn;
    speechSynthesis.cancel();
    const sentence = list[at];
    if (!sentence) return stop();
    mark(sentence);
    const voice = Object.assign(new SpeechSynthesisUtterance(sentence.said), { lang: sentence.lang, rate: Number(speed.value) });
    voice.onend = () => {
      if (mine !== turn) return;
      at++;
      speak();
    };
    voice.onerror = () => {
      if (mine !== turn) return;
      stop();
      // A device without a voice for this language.
      word(toggle, words.mute);
    };
    // Some browsers forget a voice that nobody holds.
    root.voice = voice;
    speechSynthesis.speak(voice);
  };

  toggle.addEventListener("click", () => {
    if (!globalThis.speechSynthesis) return word(toggle, words.mute);
    if (toggle.getAttribute("aria-pressed") === "true") return stop();
    [list, at] = [sentences(), 0];
    show(true);
    speak();
  });
  // Pausing ends the sentence and going on begins it again: what browsers call pause, telephones do not know.
  hold.addEventListener("click", () => {
    held = !held;
    show(true);
    if (!held) return speak();
    turn++;
    speechSynthesis.cancel();
  });
  try {
    const known = localStorage.getItem(SPEED);
    if ([...speed.options].some(({ value }) => value === known)) speed.value = known;
  } catch {
    // A browser that keeps nothing.
  }
  speed.addEventListener("change", () => {
    try {
      localStorage.setItem(SPEED, speed.value);
    } catch {
      // The same.
    }
    if (!held) speak();
  });
  addEventListener("pagehide", stop);
}

function share(button) {
  const { title } = document;
  const [url] = location.href.split("#");
  const said = button.querySelector("span");
  if (!navigator.share && !navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (navigator.share) return await navigator.share({ title, url });
      await navigator.clipboard.writeText(url);
      said.textContent = button.dataset.copied;
    } catch (error) {
      // Who closed the dialogue has not failed.
      if (error.name !== "AbortError") said.textContent = button.dataset.failed;
    }
  });
}

document.querySelectorAll("[data-aloud]").forEach(aloud);
document.querySelectorAll("[data-share]").forEach(share);
