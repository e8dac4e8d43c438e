// The search box: names that begin so while one types, speaking instead of typing where the browser can, and a count when something
// that was found is opened (its words alone). Without this the box is a plain form.
const box = document.querySelector("form[data-suggest]");
const input = box?.querySelector("input[name=q]");

/** After so many milliseconds without a key it is asked. */
const PAUSE = 60;

if (input) {
  const list = document.getElementById(input.getAttribute("list"));
  let asked = "";
  let timer = 0;
  let going = new AbortController();
  const suggest = async () => {
    const typed = input.value.trim();
    if (typed === asked || typed.length < 1) return;
    asked = typed;
    going.abort();
    going = new AbortController();
    try {
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`, { signal: going.signal });
      if (!answer.ok) return;
      const names = await answer.json();
      list.replaceChildren(...names.map((name) => Object.assign(document.createElement("option"), { value: name })));
    } catch {
      // Another key came, or there is no network: the box is still a form.
    }
  };
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!event.isComposing) timer = setTimeout(suggest, PAUSE);
  });
  input.addEventListener("compositionend", () => {
    timer = setTimeout(suggest, PAUSE);
  });
}

// Speaking.
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
const microphone = box?.querySelector("button[data-speak]");
if (Recognition && microphone) {
  microphone.hidden = false;
  let hearing = null;
  microphone.addEventListener("click", () => {
    if (hearing) {
      hearing.stop();
      return;
    }
    hearing = new Recognition();
    hearing.lang = document.documentElement.lang;
    hearing.addEventListener("start", () => microphone.setAttribute("aria-pressed", "true"));
    hearing.addEventListener("end", () => {
      microphone.setAttribute("aria-pressed", "false");
      hearing = null;
    });
    hearing.addEventListener("error", () => input.focus());
    hearing.addEventListener("result", (event) => {
      input.value = event.results[0][0].transcript;
      box.requestSubmit();
    });
    hearing.start();
  });
}

// What was opened.
const words = new URLSearchParams(location.search).get("q");
if (words) {
  document.addEventListener("click", (event) => {
    const found = event.target.closest?.("a[data-found]");
    if (found) navigator.sendBeacon("/search/opened", new URLSearchParams({ q: words, to: found.pathname }));
  });
}
