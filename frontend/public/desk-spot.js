// Compares where the telephone is with the point, when asked (app/src/points/desk/spot.rs); on the map a mark leads to its point.
const spot = document.getElementById("spot");
const RADIAN = Math.PI / 180;
spot?.querySelector("button").addEventListener("click", () => {
  const { lon, lat, wait, near, far, failed } = spot.dataset;
  const status = spot.querySelector("[role=status]");
  status.textContent = wait;
  const found = ({ coords }) => {
    const here = { lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy };
    for (const input of document.querySelectorAll("[data-spot]")) input.value = here[input.dataset.spot];
    const east = (here.lon - lon) * Math.cos(lat * RADIAN);
    const metres = Math.hypot(east, here.lat - lat) * RADIAN * 6371008.8;
    const said = near.replace("{m}", Math.round(metres)).replace("{a}", Math.round(here.accuracy));
    status.textContent = metres > 100 + here.accuracy ? `${said}${far}` : said;
  };
  navigator.geolocation.getCurrentPosition(found, () => (status.textContent = failed), { enableHighAccuracy: true, timeout: 20000 });
});

document.querySelector("[data-pick]")?.addEventListener("portal-map:pick", ({ target, detail }) => {
  location.assign(target.dataset.pick.replace("/0/", `/${detail.id}/`));
});
