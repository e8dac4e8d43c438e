// The form of a point: the map and its degrees follow each other, and what the hours mean follows the typing
// (app/src/points/desk/form). Without this script the fields and the buttons do the same.
const form = document.getElementById("point-form");
const map = form.querySelector("portal-map");
const said = document.getElementById("position-said");
const { lon, lat, datum } = form.elements;

// The map is loaded when it comes near.
new IntersectionObserver((seen, observer) => {
  if (!seen.some((it) => it.isIntersecting)) return;
  observer.disconnect();
  import(document.getElementById("islands").dataset.map).catch((error) => console.error("map", error));
}, { rootMargin: "200px" }).observe(map);

map.addEventListener("portal-map:place", ({ detail }) => {
  lon.value = detail.lon.toFixed(6);
  lat.value = detail.lat.toFixed(6);
  datum.value = "wgs84";
  said.textContent = detail.said;
});

// Only what is kept is drawn: degrees of another datum are converted by the check.
function typed() {
  const at = { lon: Number(lon.value || NaN), lat: Number(lat.value || NaN) };
  const drawn = datum.value === "wgs84" && at.lon >= 73 && at.lon <= 136 && at.lat >= 3 && at.lat <= 54;
  map.dispatchEvent(new CustomEvent("portal-map:put", { detail: drawn ? at : null }));
}
for (const field of [lon, lat, datum]) field.addEventListener("input", typed);
map.addEventListener("portal-map:ready", typed);

const HOURS = ["hours", "unchecked", "holidays", "exception-from", "exception-to", "exception-hours", "exception-reason"];
const reading = document.getElementById("hours-reading");
let timer;
let asking;
async function read() {
  asking?.abort();
  asking = new AbortController();
  const fields = [...new FormData(form)].filter(([name]) => HOURS.includes(name));
  const body = new URLSearchParams([...fields, ["name", ""], ["act", "check"]]);
  const answer = await fetch(form.action, { method: "POST", body, signal: asking.signal });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("hours-reading")?.textContent;
  if (fresh && fresh !== reading.textContent) reading.textContent = fresh;
}
form.addEventListener("input", ({ target }) => {
  if (!HOURS.includes(target.name)) return;
  clearTimeout(timer);
  timer = setTimeout(() => read().catch(() => {}), 300);
});
