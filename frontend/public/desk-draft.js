// Keeps an answer while it is being typed (app/src/policies/desk.rs). Without it there is a button that does the same.
const PAUSE = 1500;

for (const form of document.querySelectorAll("form[data-draft]")) {
  const area = form.querySelector("textarea");
  const status = form.querySelector("[data-kept]");
  let kept = area.value;
  let timer;
  const keep = async () => {
    timer = undefined;
    const words = area.value;
    if (words === kept) return;
    const body = new URLSearchParams({ words });
    const answer = await fetch(form.dataset.draft, { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => null);
    // Kept, it leads back to the page.
    const is = answer?.type === "opaqueredirect";
    if (is) kept = words;
    else timer ??= setTimeout(keep, 4 * PAUSE);
    status.textContent = is ? status.dataset.kept : status.dataset.lost;
  };
  area.addEventListener("input", () => (timer ??= setTimeout(keep, PAUSE)));
  form.addEventListener("submit", () => (kept = area.value));
  addEventListener("pagehide", keep);
}
